package dev.vibecoder.inngest;

/** The ports that are used when nothing else is said. */
public final class InngestPorts {
  /** The embedded server's API and dashboard; {@code INNGEST_DEV_PORT} changes it. */
  public static final int DEV_SERVER = 9288;

  /** The embedded server's gateway for workers; {@code INNGEST_CONNECT_PORT} changes it. */
  public static final int CONNECT_GATEWAY = 9289;

  /** The app itself; {@code INNGEST_APP_PORT} changes it. */
  public static final int APP = 3001;

  private InngestPorts() {}
}
