package dev.vibecoder.inngest.processor.internal.write;

import com.palantir.javapoet.ClassName;

/** The classes that generated code uses. */
final class Names {
  private static final String ROOT = "dev.vibecoder.inngest";

  static final ClassName EVENT = ClassName.get(ROOT, "Event");
  static final ClassName CRON_EVENT = ClassName.get(ROOT, "CronEvent");
  static final ClassName JSON_EVENT = ClassName.get(ROOT, "JsonEvent");
  static final ClassName SCOPE = ClassName.get(ROOT + ".annotation", "Scope");
  static final ClassName MODE = ClassName.get(ROOT + ".annotation", "Singleton", "Mode");
  static final ClassName EVENT_TYPE = ClassName.get(ROOT, "EventType");
  static final ClassName FUNCTION_REF = ClassName.get(ROOT, "FunctionRef");
  static final ClassName INVOKED_EVENT = ClassName.get(ROOT, "InvokedEvent");
  static final ClassName INNGEST = ClassName.get(ROOT, "Inngest");
  static final ClassName SEND_RESULT = ClassName.get(ROOT, "SendResult");
  static final ClassName STEPS = ClassName.get(ROOT, "Steps");
  static final ClassName TYPE_REF = ClassName.get(ROOT, "TypeRef");
  static final ClassName DEFINITION = ClassName.get(ROOT + ".function", "FunctionDefinition");
  static final ClassName STEP_DEFINITION = ClassName.get(ROOT + ".function", "StepDefinition");
  static final ClassName STEP_GRAPH = ClassName.get(ROOT + ".function", "StepGraph");
  static final ClassName STEP_GRAPH_NODE = STEP_GRAPH.nestedClass("Node");
  static final ClassName PROVIDER = ClassName.get(ROOT + ".spi", "FunctionProvider");
  static final ClassName DEPENDENCIES = ClassName.get(ROOT + ".spi", "Dependencies");
  static final ClassName GENERATED = ClassName.get("javax.annotation.processing", "Generated");
  static final ClassName MARKER = ClassName.get(ROOT + ".annotation", "InngestGenerated");
  static final ClassName INDEX_ENTRY = ClassName.get(ROOT + ".annotation", "IndexEntry");
  static final ClassName NULLABLE = ClassName.get("org.jspecify.annotations", "Nullable");
  static final ClassName JSON_NODE = ClassName.get("com.fasterxml.jackson.databind", "JsonNode");
  static final ClassName DURATION = ClassName.get("java.time", "Duration");
  static final ClassName INSTANT = ClassName.get("java.time", "Instant");
  static final ClassName OVERRIDE = ClassName.get(Override.class);
  static final String PROCESSOR = ROOT + ".processor.InngestProcessor";

  private Names() {}

  /** A class of the package of definitions. */
  static ClassName function(String simpleName) {
    return ClassName.get(ROOT + ".function", simpleName);
  }
}
