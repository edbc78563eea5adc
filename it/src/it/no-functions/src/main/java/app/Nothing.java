package app;

/** A class that has nothing to do with functions. */
public class Nothing {}
