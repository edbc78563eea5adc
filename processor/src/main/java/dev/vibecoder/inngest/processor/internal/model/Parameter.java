package dev.vibecoder.inngest.processor.internal.model;

import com.palantir.javapoet.TypeName;

/** A parameter of a method or constructor. */
public record Parameter(String name, TypeName type) {}
