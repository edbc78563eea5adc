package dev.vibecoder.inngest.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vibecoder.inngest.InngestException;
import org.junit.jupiter.api.Test;

/** What functions are made of when nobody makes them by hand. */
class DependenciesTest {
  private final Dependencies given = Dependencies.of("text", 1, 2L);

  @Test
  void theObjectThatFitsIsTaken() {
    assertThat(given.get(CharSequence.class)).isEqualTo("text");
    assertThat(given.get(Integer.class)).isEqualTo(1);
  }

  @Test
  void nothingIsGuessed() {
    assertThatThrownBy(() -> given.get(Number.class))
        .isInstanceOf(InngestException.class)
        .hasMessageContaining("java.lang.Number")
        .hasMessageContaining("[java.lang.Integer, java.lang.Long]");
  }

  @Test
  void whatIsMissingIsNamedWithWhatThereIs() {
    assertThatThrownBy(() -> given.get(Runnable.class))
        .isInstanceOf(InngestException.class)
        .hasMessageContaining("java.lang.Runnable")
        .hasMessageContaining("java.lang.String");
    assertThatThrownBy(() -> Dependencies.none().get(Runnable.class))
        .hasMessageContaining("java.lang.Runnable");
  }
}
