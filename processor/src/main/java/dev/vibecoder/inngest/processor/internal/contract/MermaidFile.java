package dev.vibecoder.inngest.processor.internal.contract;

import dev.vibecoder.inngest.processor.internal.model.FlowModel;
import dev.vibecoder.inngest.processor.internal.model.Trigger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Events, functions and steps as a Mermaid diagram. */
final class MermaidFile {
  private final ModuleContract module;
  private final Map<String, String> events = new HashMap<>();
  private final StringBuilder text = new StringBuilder("flowchart LR\n");

  private MermaidFile(ModuleContract module) {
    this.module = module;
  }

  static String of(ModuleContract module) {
    return new MermaidFile(module).write();
  }

  private String write() {
    for (ModuleContract.EventEntry entry : module.events()) {
      event(entry.name());
    }
    for (int i = 0; i < module.functions().size(); i++) {
      function(module.functions().get(i), "f" + i);
    }
    return text.toString();
  }

  private String event(String name) {
    String known = events.get(name);
    if (known != null) {
      return known;
    }
    String id = "e" + events.size();
    events.put(name, id);
    text.append("  ").append(id).append("([").append(quoted(name)).append("])\n");
    return id;
  }

  private void function(ModuleContract.FunctionEntry entry, String id) {
    List<String> steps = entry.steps().stream().map(step -> step.step().id()).toList();
    if (steps.isEmpty()) {
      text.append("  ").append(id).append("[").append(quoted(entry.id())).append("]\n");
    } else {
      text.append("  subgraph ").append(id).append("[").append(quoted(entry.id())).append("]\n");
      text.append("    direction TB\n");
      for (int i = 0; i < steps.size(); i++) {
        String shown = steps.get(i) + (entry.steps().get(i).step().key() == null ? "" : "[…]");
        text.append("    ").append(id).append("s").append(i);
        text.append("[").append(quoted(shown)).append("]\n");
      }
      arrows(entry, id, steps);
      text.append("  end\n");
    }
    for (Trigger trigger : entry.function().triggers()) {
      String from =
          trigger instanceof Trigger.OnEvent on
              ? event(on.event().name())
              : schedule(((Trigger.OnSchedule) trigger).cron());
      text.append("  ").append(from).append(" --> ").append(id).append("\n");
    }
    for (String event : entry.sends()) {
      String sent = event(event);
      text.append("  ").append(id).append(" -.-> ").append(sent).append("\n");
    }
  }

  private void arrows(ModuleContract.FunctionEntry entry, String id, List<String> steps) {
    FlowModel flow = entry.function().flow();
    String before = null;
    for (FlowModel.Node node : flow.nodes()) {
      String own = id + "s" + steps.indexOf(node.step());
      if (flow.graph()) {
        for (String after : node.after()) {
          arrow(id + "s" + steps.indexOf(after), own);
        }
      } else if (before != null) {
        arrow(before, own);
      }
      before = own;
    }
  }

  private void arrow(String from, String to) {
    text.append("    ").append(from).append(" --> ").append(to).append("\n");
  }

  private String schedule(String cron) {
    return event(cron);
  }

  private static String quoted(String label) {
    StringBuilder quoted = new StringBuilder("\"");
    label
        .codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '<' || c == '>' || c == '&' || c == '#' || c == '`') {
                quoted.append('#').append(c).append(';');
              } else {
                quoted.appendCodePoint(c);
              }
            });
    return quoted.append('"').toString();
  }
}
