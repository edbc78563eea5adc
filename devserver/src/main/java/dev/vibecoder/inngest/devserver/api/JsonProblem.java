package dev.vibecoder.inngest.devserver.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.IOException;

/** What is wrong with JSON that was received, in words for whoever sent it. */
final class JsonProblem {
  private JsonProblem() {}

  /** For example {@code unexpected text, at line 1, column 5}. */
  static String describe(IOException e) {
    String where = e instanceof JsonMappingException mapping ? path(mapping) : "";
    if (!where.isEmpty()) {
      return where + " is not of the kind that belongs there";
    }
    return what(e) + position(e);
  }

  private static String what(IOException e) {
    if (e instanceof JsonEOFException) {
      return "it ends too early";
    }
    if (e instanceof StreamConstraintsException) {
      return "it is nested too deeply, or a value in it is too long";
    }
    if (e instanceof JsonMappingException) {
      return "something stands there that does not belong there";
    }
    return "unexpected text";
  }

  private static String position(IOException e) {
    JsonLocation location = e instanceof JsonProcessingException json ? json.getLocation() : null;
    return location == null || location.getLineNr() < 1
        ? ""
        : ", at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  /** For example {@code functions[0].triggers}. */
  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference part : e.getPath()) {
      if (part.getFieldName() != null) {
        path.append(path.isEmpty() ? "" : ".").append(part.getFieldName());
      } else if (part.getIndex() >= 0) {
        path.append('[').append(part.getIndex()).append(']');
      }
    }
    return path.toString();
  }
}
