package dev.vibecoder.inngest.internal.execution;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Passes on what a function logs unless the function repeats what it did in an earlier call. In the
 * branches of groups a line is passed on at the next step, if that is not done. Other threads than
 * the one that executes a run are never silent.
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
    LoggingEventBuilder complete = event.setCause(thrown);
    RunScope.log(complete::log);
  }

  @Override
  public boolean isTraceEnabled() {
    return !RunScope.silent() && target.isTraceEnabled();
  }

  @Override
  public boolean isTraceEnabled(Marker marker) {
    return !RunScope.silent() && target.isTraceEnabled(marker);
  }

  @Override
  public boolean isDebugEnabled() {
    return !RunScope.silent() && target.isDebugEnabled();
  }

  @Override
  public boolean isDebugEnabled(Marker marker) {
    return !RunScope.silent() && target.isDebugEnabled(marker);
  }

  @Override
  public boolean isInfoEnabled() {
    return !RunScope.silent() && target.isInfoEnabled();
  }

  @Override
  public boolean isInfoEnabled(Marker marker) {
    return !RunScope.silent() && target.isInfoEnabled(marker);
  }

  @Override
  public boolean isWarnEnabled() {
    return !RunScope.silent() && target.isWarnEnabled();
  }

  @Override
  public boolean isWarnEnabled(Marker marker) {
    return !RunScope.silent() && target.isWarnEnabled(marker);
  }

  @Override
  public boolean isErrorEnabled() {
    return !RunScope.silent() && target.isErrorEnabled();
  }

  @Override
  public boolean isErrorEnabled(Marker marker) {
    return !RunScope.silent() && target.isErrorEnabled(marker);
  }
}
