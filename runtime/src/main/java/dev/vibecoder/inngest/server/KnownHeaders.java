package dev.vibecoder.inngest.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.PreEncodedHttpField;

/**
 * Sets the headers of answers. Most are the same in all answers of an app: they are kept in the
 * bytes that go over the wire. Safe for use by many threads.
 */
final class KnownHeaders {
  // An app's own middleware may set headers under any number of names.
  private static final int MAX_NAMES = 32;

  private final ConcurrentMap<String, HttpField> known = new ConcurrentHashMap<>();

  void set(HttpFields.Mutable fields, Map<String, String> headers) {
    headers.forEach((name, value) -> fields.put(field(name, value)));
  }

  private HttpField field(String name, String value) {
    HttpField field = known.get(name);
    if (field == null && known.size() < MAX_NAMES && isPlain(name) && isPlain(value)) {
      // Only the first value: of a header that has another each time none is of use.
      field = new PreEncodedHttpField(name, value);
      known.put(name, field);
    }
    return field != null && value.equals(field.getValue()) ? field : new HttpField(name, value);
  }

  /** What is encoded already goes over the wire unseen: nothing that could end a header. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }
}
