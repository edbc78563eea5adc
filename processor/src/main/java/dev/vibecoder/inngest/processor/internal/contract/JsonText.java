package dev.vibecoder.inngest.processor.internal.contract;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes maps, lists, texts, numbers and truth values as indented JSON. */
final class JsonText {
  private final StringBuilder text = new StringBuilder();

  private JsonText() {}

  static String of(Object value) {
    JsonText json = new JsonText();
    json.value(value, "");
    return json.text.append('\n').toString();
  }

  /** A text with its quotes. */
  static String quoted(String value) {
    JsonText json = new JsonText();
    json.string(value);
    return json.text.toString();
  }

  private void value(Object value, String indent) {
    if (value instanceof Map<?, ?> map) {
      object(map, indent);
    } else if (value instanceof List<?> list) {
      list(list, indent);
    } else if (value instanceof String string) {
      string(string);
    } else {
      text.append(value);
    }
  }

  private void object(Map<?, ?> map, String indent) {
    if (map.isEmpty()) {
      text.append("{}");
      return;
    }
    String inner = indent + "  ";
    text.append('{');
    for (Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        entries.hasNext(); ) {
      Map.Entry<?, ?> entry = entries.next();
      text.append('\n').append(inner);
      string(String.valueOf(entry.getKey()));
      text.append(": ");
      value(entry.getValue(), inner);
      text.append(entries.hasNext() ? "," : "");
    }
    text.append('\n').append(indent).append('}');
  }

  private void list(List<?> list, String indent) {
    String inner = indent + "  ";
    boolean simple = list.stream().allMatch(item -> !(item instanceof Map || item instanceof List));
    text.append('[');
    for (int i = 0; i < list.size(); i++) {
      text.append(simple ? (i > 0 ? " " : "") : "\n" + inner);
      value(list.get(i), inner);
      text.append(i < list.size() - 1 ? "," : "");
    }
    text.append(simple ? "" : "\n" + indent).append(']');
  }

  private void string(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < ' ' || (Character.isSurrogate(c) && !isPaired(value, i))) {
            text.append(String.format("\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }

  private static boolean isPaired(String value, int index) {
    return Character.isHighSurrogate(value.charAt(index))
        ? index + 1 < value.length() && Character.isLowSurrogate(value.charAt(index + 1))
        : index > 0 && Character.isHighSurrogate(value.charAt(index - 1));
  }
}
