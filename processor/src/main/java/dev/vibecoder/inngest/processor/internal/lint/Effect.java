package dev.vibecoder.inngest.processor.internal.lint;

import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** What a call does that must not be done outside a step. */
enum Effect {
  CLOCK(
      ProblemCode.CLOCK_IN_HANDLER,
      "gives another time whenever the function is called again",
      "Read the clock in a step, or use FunctionContext.startedAt()."),
  RANDOM(
      ProblemCode.RANDOM_IN_HANDLER,
      "gives another value whenever the function is called again",
      "Make the value in a step."),
  UUID(
      ProblemCode.UUID_IN_HANDLER,
      "gives another id whenever the function is called again",
      "Use FunctionContext.uuid(name), or make it in a step."),
  THREAD(
      ProblemCode.THREAD_IN_HANDLER,
      "does work beside the run: it is done again whenever the function is called again, and steps"
          + " are not possible in it",
      "Do it in a step."),
  SLEEP(
      ProblemCode.THREAD_IN_HANDLER,
      "holds the thread whenever the function is called again",
      "Use Steps.sleep(...)."),
  ENVIRONMENT(
      ProblemCode.ENVIRONMENT_IN_HANDLER,
      "may give something else when the function is called again in another process",
      "Read it in a step, or hand it to the constructor."),
  IO(
      ProblemCode.IO_IN_HANDLER,
      "is done again whenever the function is called again",
      "Do it in a step.");

  private static final Set<String> EXECUTORS =
      Set.of(
          "java.util.concurrent.Executor",
          "java.util.concurrent.ExecutorService",
          "java.util.concurrent.ScheduledExecutorService",
          "java.util.concurrent.AbstractExecutorService",
          "java.util.concurrent.ThreadPoolExecutor",
          "java.util.concurrent.ScheduledThreadPoolExecutor",
          "java.util.concurrent.ForkJoinPool",
          "java.util.concurrent.CompletionService",
          "java.util.concurrent.ExecutorCompletionService",
          "java.util.concurrent.StructuredTaskScope",
          "java.util.Timer");
  private static final Set<String> RUNNING =
      Set.of(
          "execute",
          "submit",
          "invoke",
          "invokeAll",
          "invokeAny",
          "schedule",
          "scheduleAtFixedRate",
          "scheduleWithFixedDelay",
          "fork");
  private static final Set<String> EXECUTOR_FACTORIES = Set.of("java.util.concurrent.Executors");
  private static final Set<String> RANDOM_TYPES =
      Set.of(
          "java.util.Random",
          "java.security.SecureRandom",
          "java.util.SplittableRandom",
          "java.util.random.RandomGenerator");
  private static final Set<String> IO_CONSTRUCTORS =
      Set.of(
          "java.io.FileInputStream",
          "java.io.FileOutputStream",
          "java.io.FileReader",
          "java.io.FileWriter",
          "java.io.RandomAccessFile",
          "java.net.Socket",
          "java.net.ServerSocket",
          "java.net.DatagramSocket",
          "java.net.MulticastSocket");
  private static final Set<String> IO_TYPES =
      Set.of(
          "java.nio.file.Files",
          "java.nio.channels.FileChannel",
          "java.nio.channels.SocketChannel",
          "java.nio.channels.ServerSocketChannel",
          "java.net.http.HttpClient",
          "java.net.URLConnection",
          "java.net.HttpURLConnection",
          "java.sql.DriverManager",
          "java.sql.Connection",
          "java.sql.Statement",
          "java.sql.PreparedStatement",
          "java.sql.CallableStatement",
          "java.sql.ResultSet",
          "javax.sql.DataSource",
          "jakarta.persistence.EntityManager",
          "javax.persistence.EntityManager",
          "org.springframework.jdbc.core.JdbcTemplate",
          "org.springframework.jdbc.core.JdbcOperations",
          "org.springframework.web.client.RestTemplate",
          "org.springframework.web.client.RestOperations");
  private static final Map<String, Set<String>> IO_METHODS =
      Map.of(
          "java.io.File",
          Set.of(
              "exists",
              "delete",
              "createNewFile",
              "createTempFile",
              "mkdir",
              "mkdirs",
              "renameTo",
              "list",
              "listFiles",
              "length",
              "lastModified",
              "isFile",
              "isDirectory"),
          "java.net.URL",
          Set.of("openStream", "openConnection", "getContent"),
          "java.net.InetAddress",
          Set.of("getByName", "getAllByName", "getLocalHost", "isReachable"),
          "java.lang.ProcessBuilder",
          Set.of("start"),
          "java.lang.Runtime",
          Set.of("exec"));

  /** Methods of {@link #IO_TYPES} that do nothing yet. */
  private static final Set<String> PREPARING = Set.of("newBuilder", "newHttpClient", "version");

  private final ProblemCode code;
  private final String consequence;
  private final String fix;

  Effect(ProblemCode code, String consequence, String fix) {
    this.code = code;
    this.consequence = consequence;
    this.fix = fix;
  }

  ProblemCode code() {
    return code;
  }

  String consequence() {
    return consequence;
  }

  String fix() {
    return fix;
  }

  /**
   * What a call does, or null if nothing is known against it.
   *
   * @param onField whether it is called on what a field holds, so on what earlier calls changed
   */
  static @Nullable Effect of(ExecutableElement called, boolean onField) {
    String owner = owner(called);
    String name = called.getSimpleName().toString();
    int arguments = called.getParameters().size();
    return called.getKind() == ElementKind.CONSTRUCTOR
        ? ofConstructor(owner, arguments)
        : ofMethod(owner, name, arguments, onField);
  }

  static String owner(ExecutableElement called) {
    Element owner = called.getEnclosingElement();
    return owner instanceof TypeElement type ? type.getQualifiedName().toString() : "";
  }

  private static @Nullable Effect ofConstructor(String owner, int arguments) {
    if (arguments == 0
        && (owner.equals("java.util.Date") || owner.equals("java.util.GregorianCalendar"))) {
      return CLOCK;
    }
    if (owner.equals("java.security.SecureRandom")
        || (arguments == 0 && RANDOM_TYPES.contains(owner))) {
      return RANDOM;
    }
    if (owner.equals("java.lang.Thread") || owner.equals("java.util.Timer")) {
      return THREAD;
    }
    return IO_CONSTRUCTORS.contains(owner) ? IO : null;
  }

  private static @Nullable Effect ofMethod(
      String owner, String name, int arguments, boolean onField) {
    if (isClock(owner, name)) {
      return CLOCK;
    }
    if (owner.equals("java.util.UUID") && name.equals("randomUUID")) {
      return UUID;
    }
    if (isRandom(owner, name, arguments, onField)) {
      return RANDOM;
    }
    if ((owner.equals("java.lang.Thread") && name.equals("sleep"))
        || (owner.equals("java.util.concurrent.TimeUnit") && name.equals("sleep"))) {
      return SLEEP;
    }
    if (isThread(owner, name)) {
      return THREAD;
    }
    boolean environment =
        (owner.equals("java.lang.System")
                && Set.of("getenv", "getProperty", "getProperties").contains(name))
            || (owner.equals("java.lang.Integer") && name.equals("getInteger"))
            || (owner.equals("java.lang.Long") && name.equals("getLong"))
            || (owner.equals("java.lang.Boolean") && name.equals("getBoolean"));
    if (environment) {
      return ENVIRONMENT;
    }
    return isIo(owner, name) ? IO : null;
  }

  private static boolean isClock(String owner, String name) {
    return (owner.startsWith("java.time.") && name.equals("now"))
        || (owner.equals("java.time.Clock") && (name.equals("instant") || name.equals("millis")))
        || (owner.equals("java.time.InstantSource")
            && (name.equals("instant") || name.equals("millis")))
        || (owner.equals("java.lang.System")
            && (name.equals("currentTimeMillis") || name.equals("nanoTime")))
        || (owner.equals("java.util.Calendar") && name.equals("getInstance"));
  }

  private static boolean isRandom(String owner, String name, int arguments, boolean onField) {
    return ((owner.equals("java.lang.Math") || owner.equals("java.lang.StrictMath"))
            && name.equals("random"))
        || (owner.equals("java.util.concurrent.ThreadLocalRandom") && name.equals("current"))
        || (owner.equals("java.util.Collections") && name.equals("shuffle") && arguments == 1)
        || (owner.equals("java.security.SecureRandom") && name.startsWith("getInstance"))
        || (owner.equals("java.util.random.RandomGenerator")
            && (name.equals("of") || name.equals("getDefault")))
        || (onField
            && RANDOM_TYPES.contains(owner)
            && (name.startsWith("next") || Set.of("ints", "longs", "doubles").contains(name)));
  }

  /** Whether what is handed to a call may be run by another thread. */
  static boolean runsElsewhere(ExecutableElement called) {
    String owner = owner(called);
    String name = called.getSimpleName().toString();
    return called.getKind() == ElementKind.CONSTRUCTOR
        ? owner.equals("java.lang.Thread") || owner.startsWith("java.util.concurrent.")
        : isThread(owner, name)
            || owner.startsWith("java.lang.Thread.Builder")
            || owner.equals("java.util.concurrent.CompletableFuture")
            || owner.equals("java.util.concurrent.CompletionStage");
  }

  private static boolean isThread(String owner, String name) {
    if (owner.equals("java.lang.Thread")) {
      return Set.of("start", "startVirtualThread").contains(name);
    }
    if (owner.startsWith("java.lang.Thread.Builder")) {
      return name.equals("start");
    }
    if (owner.equals("java.util.concurrent.CompletableFuture")
        || owner.equals("java.util.concurrent.CompletionStage")) {
      return name.endsWith("Async");
    }
    return EXECUTOR_FACTORIES.contains(owner)
        || (EXECUTORS.contains(owner) && RUNNING.contains(name));
  }

  private static boolean isIo(String owner, String name) {
    return (IO_TYPES.contains(owner) && !PREPARING.contains(name))
        || IO_METHODS.getOrDefault(owner, Set.of()).contains(name);
  }
}
