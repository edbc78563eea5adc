package dev.vibecoder.inngest.internal.wire;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a request: found by their names in any case, of repeated ones the first. Immutable
 * and safe for use by many threads.
 *
 * <p>Every call has a dozen of which three are looked up. So they are kept as they came, and put in
 * order only for who wants to see all.
 */
public final class RequestHeaders extends AbstractMap<String, String> {
  // Names and values in turns.
  private final List<String> fields;
  // Made by whichever thread asks first; another one makes an equal map.
  private @Nullable Map<String, String> ordered;

  private RequestHeaders(List<String> fields) {
    this.fields = fields;
  }

  /** The headers of a map. */
  public static RequestHeaders of(Map<String, String> headers) {
    if (headers instanceof RequestHeaders known) {
      return known;
    }
    Builder builder = builder(headers.size());
    headers.forEach(builder::add);
    return builder.build();
  }

  /**
   * Collects headers.
   *
   * @param size how many there will be, or about
   */
  public static Builder builder(int size) {
    return new Builder(size);
  }

  @Override
  public @Nullable String get(@Nullable Object name) {
    if (name instanceof String text) {
      for (int i = 0; i < fields.size(); i += 2) {
        if (fields.get(i).equalsIgnoreCase(text)) {
          return fields.get(i + 1);
        }
      }
    }
    return null;
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return get(name) != null;
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    Map<String, String> known = ordered;
    if (known == null) {
      Map<String, String> made = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (int i = 0; i < fields.size(); i += 2) {
        made.putIfAbsent(fields.get(i), fields.get(i + 1));
      }
      known = Collections.unmodifiableMap(made);
      ordered = known;
    }
    return known.entrySet();
  }

  /** Collects headers in the order in which they came. */
  public static final class Builder {
    private final List<String> fields;

    private Builder(int size) {
      fields = new ArrayList<>(2 * size);
    }

    /** Adds a header. */
    public void add(String name, String value) {
      fields.add(name);
      fields.add(value);
    }

    /** The headers; none may be added any more. */
    public RequestHeaders build() {
      return new RequestHeaders(fields);
    }
  }
}
