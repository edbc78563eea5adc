package dev.vibecoder.inngest.processor.internal.scan;

import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.env.EventCatalog;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import dev.vibecoder.inngest.processor.internal.model.Trigger;
import dev.vibecoder.inngest.processor.internal.validate.ConfigValues;
import dev.vibecoder.inngest.processor.internal.validate.EventRules;
import dev.vibecoder.inngest.processor.internal.validate.OptionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Reads what starts a function, and what cancels its runs. */
final class TriggerScanner {
  private static final String FUNCTION = "InngestFunction";
  private static final String TRIGGER = "Trigger";
  private static final String CRON = "Cron";
  private static final String CANCEL_ON = "CancelOn";

  private final Problems problems;
  private final EventCatalog events;
  private final DeclaredOptions options;
  private final PayloadClasses payloads;
  private final String fromPackage;
  private boolean sound = true;

  TriggerScanner(
      Problems problems, EventCatalog events, DeclaredOptions options, String fromPackage) {
    this.problems = problems;
    this.events = events;
    this.options = options;
    this.payloads = new PayloadClasses(problems, events);
    this.fromPackage = fromPackage;
  }

  /**
   * What starts a function, as it was written.
   *
   * @param events the events whose names are right
   * @param sound whether everything that was written is here, and known
   */
  record Written(
      List<ConfigValues.EventTrigger> events, List<ConfigValues.CronTrigger> crons, boolean sound) {
    boolean isEmpty() {
      return events.isEmpty() && crons.isEmpty();
    }
  }

  /** The names of the events that start a function, where they were written as names. */
  static List<Annotation.Text> names(TypeElement type) {
    return Stream.concat(
            Annotation.all(type, FUNCTION).stream()
                .flatMap(function -> function.texts("event").stream()),
            Annotation.all(type, TRIGGER).stream()
                .flatMap(
                    trigger ->
                        trigger
                            .text("event")
                            .map(name -> new Annotation.Text(name, trigger.at("event")))
                            .stream()))
        .toList();
  }

  /** Reads the triggers. */
  Written read() {
    List<ConfigValues.EventTrigger> found = new ArrayList<>();
    List<ConfigValues.CronTrigger> crons = new ArrayList<>();
    options.one(FUNCTION).ifPresent(function -> function(function, found, crons));
    List<Annotation> triggers = Annotation.all(options.type(), TRIGGER);
    for (int i = 0; i < triggers.size(); i++) {
      trigger(triggers.get(i), OptionKey.of(TRIGGER, i), found);
    }
    List<Annotation> schedules = Annotation.all(options.type(), CRON);
    for (int i = 0; i < schedules.size(); i++) {
      OptionKey at = OptionKey.of(CRON, i);
      Annotation cron = schedules.get(i);
      if (!DeclaredOptions.isComplete(cron)) {
        sound = false;
        continue;
      }
      crons.add(
          new ConfigValues.CronTrigger(
              new ConfigValues.Text(at.member("value"), cron.rawText("value")),
              OptionScanner.text(cron, at, "zone"),
              OptionScanner.text(cron, at, "jitter")));
    }
    return new Written(List.copyOf(found), List.copyOf(crons), sound);
  }

  private void function(
      Annotation function,
      List<ConfigValues.EventTrigger> found,
      List<ConfigValues.CronTrigger> crons) {
    OptionKey at = OptionKey.of(FUNCTION);
    // The compiler reports it.
    sound &= !function.isUnresolved();
    List<Annotation.Text> names = function.texts("event");
    List<Annotation.Type> classes = function.types("on");
    if (!names.isEmpty() && !classes.isEmpty()) {
      wrong(
          function.at("on"),
          "The function names events by event and by on.",
          "Use one of the two; @Trigger may add others.");
      return;
    }
    if (names.isEmpty() && classes.isEmpty() && sound && function.text("when").isPresent()) {
      wrong(
          function.at("when"),
          "There is no event that when could be a condition of.",
          "Set event or on; each @Trigger has a when of its own.");
    }
    for (int i = 0; i < names.size(); i++) {
      event(names.get(i).value(), at.member("event", i), null, found);
    }
    for (int i = 0; i < classes.size(); i++) {
      payload(classes.get(i).value(), at.member("on", i), null, found);
    }
    List<Annotation.Text> schedules = function.texts("cron");
    for (int i = 0; i < schedules.size(); i++) {
      ConfigValues.Text text =
          new ConfigValues.Text(at.member("cron", i), schedules.get(i).value());
      crons.add(new ConfigValues.CronTrigger(text, null, null));
    }
  }

  private void trigger(Annotation trigger, OptionKey at, List<ConfigValues.EventTrigger> found) {
    if (trigger.isUnresolved()) {
      sound = false;
      return;
    }
    if (!namesOne(trigger, ProblemCode.TRIGGER)) {
      return;
    }
    ConfigValues.Text when = OptionScanner.text(trigger, at, "when");
    Optional<String> name = trigger.text("event");
    if (name.isPresent()) {
      event(name.get(), at.member("event"), when, found);
    } else {
      payload(trigger.types("on").get(0).value(), at.member("on", 0), when, found);
    }
  }

  /** Whether an annotation names its event once, in one of the two ways. */
  private boolean namesOne(Annotation annotation, ProblemCode code) {
    boolean name = annotation.text("event").isPresent();
    int classes = annotation.types("on").size();
    if (name ? classes == 0 : classes == 1) {
      return true;
    }
    String simple = "@" + annotation.simpleName();
    sound = false;
    problems.add(
        code,
        name || classes > 1 ? annotation.at("on") : annotation.at(""),
        classes == 0
            ? simple + " names no event."
            : simple
                + (name
                    ? " names its event by event and by on."
                    : " names " + classes + " classes."),
        classes == 0
            ? "Set event or on."
            : "Use one name or one class; the annotation can be repeated.");
    return false;
  }

  private void wrong(Location at, String fact, String fix) {
    sound = false;
    problems.add(ProblemCode.TRIGGER, at, fact, fix);
  }

  private void payload(
      TypeMirror type,
      OptionKey at,
      ConfigValues.@Nullable Text when,
      List<ConfigValues.EventTrigger> found) {
    List<String> names = payloads.events(type, options.at(at));
    sound &= !names.isEmpty();
    for (String name : names) {
      event(name, at, when, found);
    }
  }

  private void event(
      String name,
      OptionKey at,
      ConfigValues.@Nullable Text when,
      List<ConfigValues.EventTrigger> found) {
    Location here = options.at(at);
    if (events.isBroken(name)) {
      // It was complained about where it is declared.
      sound = false;
    } else if (!EventRules.checkTrigger(name, here, problems)) {
      sound = false;
      return;
    }
    Optional<EventModel> event = events.named(name);
    if (event.isEmpty()) {
      sound = false;
      return;
    }
    rival(event.get(), here);
    hidden(event.get(), here);
    found.add(new ConfigValues.EventTrigger(at, name, when));
  }

  private void rival(EventModel one, Location at) {
    Optional<EventModel> other = events.rival(one.name());
    if (one.external() && other.isPresent()) {
      problems.add(
          ProblemCode.DUPLICATE_EVENT,
          at,
          "The event \""
              + one.name()
              + "\" has two payload classes: "
              + one.source()
              + " and "
              + other.get().source()
              + ", in other jars.",
          "Give each event one payload class.");
    }
  }

  private void hidden(EventModel event, Location at) {
    if (event.visible()
        || events.isBroken(event.name())
        || event.type().packageName().equals(fromPackage)) {
      return;
    }
    problems.add(
        ProblemCode.TYPE_ACCESS,
        at,
        "The payload of \""
            + event.name()
            + "\", "
            + event.source()
            + ", is not public, and in another package.",
        "Make it public: generated code of the function names it.");
  }

  /** The triggers as they are generated. */
  List<Trigger> triggers(Written written) {
    String common = options.one(FUNCTION).flatMap(function -> function.text("when")).orElse(null);
    List<Trigger> triggers = new ArrayList<>();
    for (ConfigValues.EventTrigger event : written.events()) {
      ConfigValues.Text own = event.when();
      String when = event.at().annotation().equals(FUNCTION) ? common : null;
      events
          .named(event.name())
          .map(model -> new Trigger.OnEvent(model, own == null ? when : own.value()))
          .ifPresent(triggers::add);
    }
    for (ConfigValues.CronTrigger cron : written.crons()) {
      ConfigValues.Text zone = cron.zone();
      ConfigValues.Text jitter = cron.jitter();
      triggers.add(
          new Trigger.OnSchedule(
              (zone == null ? "" : "TZ=" + zone.value() + " ") + cron.expression().value(),
              jitter == null ? null : OptionScanner.duration(jitter.value()).orElse(null)));
    }
    return List.copyOf(triggers);
  }

  /** The events that cancel runs, one for each annotation. */
  List<OptionScanner.Cancelling> cancelling() {
    return Annotation.all(options.type(), CANCEL_ON).stream().map(this::cancelling).toList();
  }

  private OptionScanner.Cancelling cancelling(Annotation annotation) {
    if (annotation.isUnresolved() || !namesOne(annotation, ProblemCode.CANCEL_ON)) {
      return OptionScanner.Cancelling.NOTHING;
    }
    Optional<String> name = annotation.text("event");
    if (name.isPresent()) {
      return new OptionScanner.Cancelling(name.get(), events.named(name.get()));
    }
    Annotation.Type type = annotation.types("on").get(0);
    Location at = type.location();
    List<String> names = payloads.events(type.value(), at);
    if (names.size() > 1) {
      problems.add(
          ProblemCode.CANCEL_ON,
          at,
          "@CancelOn names the events " + String.join(", ", names) + " by one class.",
          "Give each event a @CancelOn of its own.");
    }
    return names.size() == 1 && !events.isBroken(names.get(0))
        ? new OptionScanner.Cancelling(names.get(0), events.named(names.get(0)))
        : OptionScanner.Cancelling.NOTHING;
  }
}
