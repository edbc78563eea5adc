package dev.vibecoder.inngest.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** How this SDK names itself on the wire. */
public final class SdkVersion {
  /** This library's version, for example {@code 0.1.0}. */
  public static final String VERSION = read();

  /** Value of {@link ProtocolHeaders#SDK} and of the user agent. */
  public static final String HEADER = "inngest-java:v" + VERSION;

  /** Value of the key {@code sdk} of a sync. */
  public static final String SYNC = "java:v" + VERSION;

  private SdkVersion() {}

  private static String read() {
    Properties properties = new Properties();
    try (InputStream stream = SdkVersion.class.getResourceAsStream("version.properties")) {
      if (stream == null) {
        throw new IllegalStateException("version.properties is missing from inngest-runtime");
      }
      properties.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}
