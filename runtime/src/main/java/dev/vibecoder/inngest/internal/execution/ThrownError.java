package dev.vibecoder.inngest.internal.execution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.RetryAfterException;
import dev.vibecoder.inngest.function.StepDefinition.DeclaredException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Writes what was thrown as the protocol's error object, and reads what it asks of the server. */
final class ThrownError {
  private static final int MAX_FRAMES = 100;
  private static final int MAX_CAUSES = 10;
  private static final int MAX_MESSAGE = 16 * 1024;

  private ThrownError() {}

  /**
   * Writes a throwable and its causes.
   *
   * @param declared exceptions under whose names their subclasses are written as well
   */
  static ObjectNode write(Throwable thrown, List<DeclaredException<?>> declared) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Throwable meant = meant(thrown);
    boolean isDeclared = declared(thrown, declared) == null && declared(meant, declared) != null;
    Throwable told = isDeclared ? meant : thrown;
    return write(told, name(told, declared), seen);
  }

  private static ObjectNode write(Throwable thrown, String name, Set<Throwable> seen) {
    seen.add(thrown);
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    error.put("name", name);
    String message = message(thrown);
    error.put("message", Objects.requireNonNullElse(message, name));
    error.put("stack", stack(thrown, name, message));
    Throwable cause = cause(thrown);
    if (cause != null && !seen.contains(cause) && seen.size() < MAX_CAUSES) {
      error.set("cause", write(cause, cause.getClass().getName(), seen));
    }
    return error;
  }

  private static String name(Throwable thrown, List<DeclaredException<?>> declared) {
    Class<?> type = declared(thrown, declared);
    return (type == null ? thrown.getClass() : type).getName();
  }

  private static @Nullable Class<?> declared(
      Throwable thrown, List<DeclaredException<?>> declared) {
    for (DeclaredException<?> exception : declared) {
      if (exception.type().isInstance(thrown)) {
        return exception.type();
      }
    }
    return null;
  }

  // What is thrown is the user's: its methods may be overridden, and may throw in their turn. An
  // error that cannot be reported would never be over.

  /** The message as the server can take it. */
  static @Nullable String message(Throwable thrown) {
    String message;
    try {
      message = thrown.getMessage();
    } catch (Throwable broken) {
      return "(its message cannot be read: " + broken.getClass().getName() + ")";
    }
    if (message == null) {
      return null;
    }
    String cut =
        message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) + "..." : message;
    // Halves of surrogate pairs, which UTF-8 does not have, become question marks.
    return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /** What led to it, if it can tell. */
  static @Nullable Throwable cause(Throwable thrown) {
    try {
      return thrown.getCause();
    } catch (Throwable broken) {
      return broken;
    }
  }

  private static StackTraceElement[] frames(Throwable thrown) {
    try {
      return thrown.getStackTrace();
    } catch (Throwable broken) {
      return new StackTraceElement[0];
    }
  }

  private static String stack(Throwable thrown, String name, @Nullable String message) {
    StringBuilder text = new StringBuilder(name);
    if (message != null) {
      text.append(": ").append(message);
    }
    StackTraceElement[] frames = frames(thrown);
    for (int i = 0; i < Math.min(frames.length, MAX_FRAMES); i++) {
      text.append("\n\tat ").append(frames[i]);
    }
    if (frames.length > MAX_FRAMES) {
      text.append("\n\t... ").append(frames.length - MAX_FRAMES).append(" more");
    }
    return text.toString();
  }

  /** Whether trying again is useless. */
  static boolean isFinal(Throwable thrown) {
    return meant(thrown) instanceof NonRetriableException;
  }

  /** What was thrown, without what {@code join()} and {@code get()} of futures put around it. */
  static Throwable meant(Throwable thrown) {
    Throwable at = thrown;
    for (int depth = 0; depth < MAX_CAUSES && isOfFuture(at); depth++) {
      Throwable cause = cause(at);
      if (cause == null) {
        break;
      }
      at = cause;
    }
    return at;
  }

  private static boolean isOfFuture(Throwable thrown) {
    return thrown instanceof CompletionException || thrown instanceof ExecutionException;
  }

  /** What to log of it: no stack where the message tells what value is wrong, and where in it. */
  static @Nullable Throwable stackOf(Throwable thrown) {
    boolean ofValue =
        thrown instanceof NonRetriableException && cause(thrown) instanceof JsonProcessingException;
    return ofValue ? null : thrown;
  }

  /** When the server shall try again, or null for its own delay. */
  static @Nullable String retryAfter(Throwable thrown) {
    return meant(thrown) instanceof RetryAfterException retry ? retry.retryAfter() : null;
  }

  /**
   * Throws anything where the compiler allows only unchecked exceptions: the exceptions that a step
   * declares are declared by the method that called it.
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <X extends Throwable> X sneak(Throwable thrown) throws X {
    throw (X) thrown;
  }
}
