package dev.vibecoder.inngest.internal.execution;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Passes on what a function logs unless the function repeats what it did in an earlier call. Other
 * threads than the one that executes a run are never silent.
 */
// Loggers are serialisable to be found again by name; this one stands for no name.
@SuppressWarnings("serial")
final class ReplaySilentLogger extends AbstractLogger {
  private static final String CALLER = AbstractLogger.class.getName();

  private final transient Logger target;

  ReplaySilentLogger(Logger target) {
    this.target = target;
    this.name = target.getName();
  }

  @Override
  protected String getFullyQualifiedCallerName() {
    return CALLER;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String message,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    LoggingEventBuilder event = target.makeLoggingEventBuilder(level).setMessage(message);
    if (marker != null) {
      event = event.addMarker(marker);
    }
    if (arguments != null) {
      for (Object argument : arguments) {
        event = event.addArgument(argument);
      }
    }
    event.setCause(thrown).log();
  }

  @Override
  public boolean isTraceEnabled() {
    return !RunScope.replaying() && target.isTraceEnabled();
  }

  @Override
  public boolean isTraceEnabled(Marker marker) {
    return !RunScope.replaying() && target.isTraceEnabled(marker);
  }

  @Override
  public boolean isDebugEnabled() {
    return !RunScope.replaying() && target.isDebugEnabled();
  }

  @Override
  public boolean isDebugEnabled(Marker marker) {
    return !RunScope.replaying() && target.isDebugEnabled(marker);
  }

  @Override
  public boolean isInfoEnabled() {
    return !RunScope.replaying() && target.isInfoEnabled();
  }

  @Override
  public boolean isInfoEnabled(Marker marker) {
    return !RunScope.replaying() && target.isInfoEnabled(marker);
  }

  @Override
  public boolean isWarnEnabled() {
    return !RunScope.replaying() && target.isWarnEnabled();
  }

  @Override
  public boolean isWarnEnabled(Marker marker) {
    return !RunScope.replaying() && target.isWarnEnabled(marker);
  }

  @Override
  public boolean isErrorEnabled() {
    return !RunScope.replaying() && target.isErrorEnabled();
  }

  @Override
  public boolean isErrorEnabled(Marker marker) {
    return !RunScope.replaying() && target.isErrorEnabled(marker);
  }
}
