package dev.vibecoder.inngest;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A full generic type at run time: {@code new TypeRef<List<Order>>() {}}, or {@link #of(Class)} for
 * a plain class. Immutable and safe for use by many threads.
 *
 * @param <T> the type
 */
public abstract class TypeRef<T extends @Nullable Object> {
  private final Type type;

  /** Captures the type argument of the subclass. */
  protected TypeRef() {
    if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parameterized)
        || parameterized.getRawType() != TypeRef.class) {
      throw new IllegalStateException(
          "A TypeRef is made with a type argument, as in new TypeRef<List<Order>>() {}");
    }
    this.type = parameterized.getActualTypeArguments()[0];
  }

  private TypeRef(Type type) {
    this.type = type;
  }

  /**
   * The reference of a class without type parameters.
   *
   * @param type the class
   * @param <T> the type
   * @return its reference
   */
  public static <T> TypeRef<T> of(Class<T> type) {
    return new Plain<>(Objects.requireNonNull(type, "type"));
  }

  /**
   * The type itself.
   *
   * @return a class or a parameterized type
   */
  public final Type type() {
    return type;
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof TypeRef<?> that && type.equals(that.type);
  }

  @Override
  public final int hashCode() {
    return type.hashCode();
  }

  @Override
  public final String toString() {
    return type.getTypeName();
  }

  private static final class Plain<T extends @Nullable Object> extends TypeRef<T> {
    Plain(Class<T> type) {
      super(type);
    }
  }
}
