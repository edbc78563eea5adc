package dev.vibecoder.inngest.processor.internal.model;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A function as the whole module names it.
 *
 * @param id its id
 * @param source the annotated class
 * @param generated the class generated for it
 * @param input type of the payload that starts it
 * @param result type of what it returns, null for nothing
 * @param visible whether input and result are public
 * @param deprecated whether naming its types gives a warning
 */
public record Registration(
    String id,
    ClassName source,
    ClassName generated,
    TypeName input,
    @Nullable TypeName result,
    boolean visible,
    boolean deprecated) {

  /** Name of its constant among all functions, if no other class is called the same. */
  public String constant() {
    return EventModel.upperSnake(String.join("", source.simpleNames()));
  }

  /** Name of its constant otherwise: ids are unique. */
  public String constantOfId() {
    String name = id.replace('-', '_').toUpperCase(Locale.ROOT);
    return Character.isJavaIdentifierStart(name.charAt(0)) ? name : "_" + name;
  }
}
