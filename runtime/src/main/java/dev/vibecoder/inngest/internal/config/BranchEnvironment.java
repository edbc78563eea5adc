package dev.vibecoder.inngest.internal.config;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which branch an app was built from, from the variables that hosts set. */
public final class BranchEnvironment {
  private static final Logger LOG = LoggerFactory.getLogger(BranchEnvironment.class);
  private static final List<String> VARIABLES =
      List.of(
          "BRANCH_NAME",
          "VERCEL_GIT_COMMIT_REF",
          "BRANCH",
          "CF_PAGES_BRANCH",
          "RENDER_GIT_BRANCH",
          "RAILWAY_GIT_BRANCH");

  private BranchEnvironment() {}

  /** The branch's name, or empty if no host tells it or it cannot be sent in a header. */
  public static Optional<String> of(Settings settings) {
    for (String variable : VARIABLES) {
      Optional<String> name = settings.foreign(variable);
      if (name.isPresent()) {
        if (name.get().chars().allMatch(c -> c >= ' ' && c <= '~')) {
          return name;
        }
        LOG.warn(
            "{} is no ASCII text, so it does not name the branch environment; set INNGEST_ENV.",
            variable);
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
