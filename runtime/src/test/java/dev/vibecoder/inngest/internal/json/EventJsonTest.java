package dev.vibecoder.inngest.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vibecoder.inngest.Event;
import dev.vibecoder.inngest.EventType;
import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.protocol.EventEnvelope;
import dev.vibecoder.inngest.support.Trees;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {
  enum Language {
    en,
    ru
  }

  record Hello(String name, @Nullable Language language, double weight) {
    Hello {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("a greeting needs a name");
      }
    }
  }

  record Sent<T>(
      @Nullable String id,
      String name,
      T data,
      @Nullable Instant ts,
      @Nullable JsonNode user,
      @Nullable String v)
      implements Event<T> {}

  private static final EventType<Sent<Hello>> HELLO =
      EventType.of("demo/hello", TypeRef.of(Hello.class), Sent<Hello>::new);

  private static Event<?> read(String json, EventType<?>... types) {
    return EventReader.read(Trees.parse(json), List.of(types));
  }

  private static <T> Sent<T> event(String name, T data) {
    return new Sent<>(null, name, data, null, null, null);
  }

  @Test
  void readsATypedEvent() {
    assertThat(
            read(
                "{\"id\":\"e\",\"name\":\"demo/hello\",\"ts\":1700000000123,\"v\":\"2\","
                    + "\"user\":{\"a\":1},\"data\":{\"name\":\"Гуру\",\"language\":\"ru\","
                    + "\"weight\":1,\"unknown\":true}}",
                HELLO))
        .isEqualTo(
            new Sent<>(
                "e",
                "demo/hello",
                new Hello("Гуру", Language.ru, 1.0),
                Instant.ofEpochMilli(1_700_000_000_123L),
                Trees.parse("{\"a\":1}"),
                "2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"G\",\"language\":\"xx\"}",
        "{\"name\":{}}",
        "{\"name\":\"\"}",
        "{\"name\":\"G\",\"weight\":\"heavy\"}",
        "[]",
        "5",
        "\"text\""
      })
  void aPayloadThatDoesNotFitIsAFinalErrorThatNamesEventAndType(String data) {
    assertThatThrownBy(() -> read("{\"name\":\"demo/hello\",\"data\":" + data + "}", HELLO))
        .isInstanceOf(NonRetriableException.class)
        .hasMessageContaining("\"demo/hello\"")
        .hasMessageContaining("Hello");
  }

  @Test
  void theExactNamePrecedesAPattern() {
    EventType<?>[] types = {EventType.json("demo/*"), HELLO, EventType.json("shop/order.*")};
    assertThat(read("{\"name\":\"demo/hello\",\"data\":{\"name\":\"G\"}}", types))
        .isInstanceOf(Sent.class);
    assertThat(read("{\"name\":\"demo/other\",\"data\":{}}", types))
        .isInstanceOf(JsonEvent.class)
        .extracting(Event::name)
        .isEqualTo("demo/other");
    assertThat(read("{\"name\":\"unrelated\",\"data\":{}}", types)).isInstanceOf(JsonEvent.class);
  }

  record Holder(List<Hello> all) {}

  @Test
  void aPayloadThatDoesNotFitIsToldWithItsPlaceAndInTheConstructorsWords() {
    EventType<Sent<Holder>> type = EventType.of("a", TypeRef.of(Holder.class), Sent<Holder>::new);
    assertThatThrownBy(() -> read("{\"name\":\"a\",\"data\":{\"all\":[{\"name\":\"\"}]}}", type))
        .isInstanceOf(NonRetriableException.class)
        .hasMessageEndingWith("all[0]: a greeting needs a name");
  }

  @Test
  void aMissingPayloadIsAnEmptyObject() {
    assertThat(read("{\"name\":\"a\",\"data\":null}", EventType.json("a")).data())
        .isEqualTo(Trees.parse("{}"));
    assertThat(read("{\"name\":\"a\"}", EventType.json("a")).data()).isEqualTo(Trees.parse("{}"));
  }

  @Test
  void anInvokedFunctionGetsItsPayloadThoughTheNameIsAnother() {
    assertThat(read("{\"name\":\"inngest/function.invoked\",\"data\":{\"name\":\"G\"}}", HELLO))
        .isInstanceOf(Sent.class);
  }

  @Test
  void aUserThatIsNullIsNone() {
    assertThat(read("{\"name\":\"a\",\"user\":null,\"data\":{}}", EventType.json("a")).user())
        .isNull();
  }

  @Test
  void aFetchedEventWithoutUserIsReadLikeOneInACallThatHasAnEmptyOne() {
    assertThat(read("{\"name\":\"a\",\"data\":{}}", EventType.json("a")))
        .isEqualTo(read("{\"name\":\"a\",\"user\":{},\"data\":{}}", EventType.json("a")));
  }

  @Test
  void theBytesOfAnEventAreThoseOfItsEnvelope() {
    List<JsonEvent> events =
        List.of(
            JsonEvent.of("a/b", Trees.parse("{\"n\":[1,2.5,\"\u0441\"]}")),
            new JsonEvent(
                "i \"d\"",
                "name\n",
                Trees.parse("{}"),
                Instant.ofEpochMilli(1_700_000_000_123L),
                Trees.parse("{\"id\":1}"),
                "2"));
    for (JsonEvent event : events) {
      assertThat(Trees.parse(EventWriter.encode(event)))
          .isEqualTo(Trees.parse(Json.encode(EventWriter.envelope(event, null))));
    }
  }

  @Test
  void writesOnlyWhatIsSet() {
    EventEnvelope envelope = EventWriter.envelope(event("a/b", new Hello("G", null, 2)), null);
    assertThat(Trees.parse(Json.encode(envelope)))
        .isEqualTo(
            Trees.parse(
                "{\"name\":\"a/b\",\"data\":{\"name\":\"G\",\"language\":null,\"weight\":2.0}}"));
  }

  @Test
  void keepsTheUsersIdAndElseTakesTheGivenOne() {
    JsonEvent event = JsonEvent.of("a/b", JsonNodeFactory.instance.objectNode());
    assertThat(EventWriter.envelope(event, "given").id()).isEqualTo("given");
    assertThat(EventWriter.envelope(event.withId("own"), "given").id()).isEqualTo("own");
    assertThat(EventWriter.envelope(event, null).id()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"inngest/x", "INNGEST/function.failed", "Inngest/"})
  void aReservedNameIsRefused(String name) {
    assertThatThrownBy(() -> EventWriter.envelope(event(name, new Hello("G", null, 0)), null))
        .isInstanceOf(NonRetriableException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("reserved");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t"})
  void anEmptyNameIsRefused(String name) {
    assertThatThrownBy(() -> EventWriter.envelope(event(name, new Hello("G", null, 0)), null))
        .isInstanceOf(NonRetriableException.class)
        .hasMessageContaining("no name");
  }

  @ParameterizedTest
  @CsvSource({
    "1979-12-31T23:59:59.999Z,false",
    "1980-01-01T00:00:00Z,true",
    "2099-12-31T23:59:59.999Z,true",
    "2100-01-01T00:00:00Z,false",
    "+1000000000-12-31T23:59:59.999999999Z,false"
  })
  void aTimeThatTheServerRefusesIsRefused(Instant time, boolean accepted) {
    JsonEvent event = JsonEvent.of("a/b", JsonNodeFactory.instance.objectNode()).withTs(time);
    if (accepted) {
      assertThat(EventWriter.envelope(event, null).ts()).isEqualTo(time.toEpochMilli());
    } else {
      assertThatThrownBy(() -> EventWriter.envelope(event, null))
          .isInstanceOf(NonRetriableException.class)
          .hasMessageContaining(time.toString());
    }
  }

  @Test
  void aPayloadThatIsNoObjectIsRefused() {
    for (Object data : List.of(List.of(), "text", 5, true)) {
      assertThatThrownBy(() -> EventWriter.envelope(event("a/b", data), null))
          .isInstanceOf(NonRetriableException.class)
          .hasMessageContaining("\"a/b\"")
          .hasMessageContaining("object");
    }
  }

  @Test
  void aPayloadThatIsTooLargeIsRefused() {
    String large = "x".repeat(3 * 1024 * 1024);
    assertThatThrownBy(() -> EventWriter.envelope(event("a/b", new Hello(large, null, 0)), null))
        .isInstanceOf(NonRetriableException.class)
        .hasMessageContaining("\"a/b\"")
        .hasMessageContaining("3145728");
  }

  @Test
  void aNumberThatWouldArriveChangedIsRefusedInThePayloadAndInTheUser() {
    JsonNode number = Trees.parse("{\"id\":9007199254740993}");
    assertThatThrownBy(() -> EventWriter.envelope(event("a/b", number), null))
        .isInstanceOf(NonRetriableException.class)
        .hasMessageContaining("9007199254740993");
    Sent<JsonNode> user = new Sent<>(null, "a/b", Trees.parse("{}"), null, number, null);
    assertThatThrownBy(() -> EventWriter.envelope(user, null))
        .isInstanceOf(NonRetriableException.class)
        .hasMessageContaining("9007199254740993")
        .hasMessageContaining("user");
  }

  @Test
  void aUserThatIsNoObjectIsRefused() {
    Sent<JsonNode> user =
        new Sent<>(null, "a/b", Trees.parse("{}"), null, Trees.parse("[1]"), null);
    assertThatThrownBy(() -> EventWriter.envelope(user, null))
        .isInstanceOf(NonRetriableException.class)
        .hasMessageContaining("user");
  }
}
