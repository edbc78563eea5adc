package dev.vibecoder.inngest.processor.internal.time;

import dev.vibecoder.inngest.processor.internal.diag.DidYouMean;
import java.time.ZoneId;
import java.util.Set;
import java.util.TreeSet;

/** Names of time zones: those of the IANA database, which the server uses. */
public final class Zones {
  private static final Set<String> NAMES = new TreeSet<>(ZoneId.getAvailableZoneIds());

  private Zones() {}

  public static boolean isKnown(String name) {
    return NAMES.contains(name) && !name.startsWith("SystemV/");
  }

  /** What was probably meant by a name that is not known; a full sentence. */
  public static String fix(String name) {
    for (String known : NAMES) {
      boolean city = known.substring(known.lastIndexOf('/') + 1).equalsIgnoreCase(name);
      if (known.equalsIgnoreCase(name) || city) {
        return "Did you mean \"" + known + "\"?";
      }
    }
    return DidYouMean.sentence(name, NAMES) + "Zones have names as in Europe/Paris.";
  }
}
