package crossover.bench.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many users a plan has by itself, in all of its thread groups but setUp and tearDown. */
final class PlanUsers {
  private static final Pattern DEFAULT =
      Pattern.compile("\\$\\{__(?:P\\([^,()]+|property\\([^,()]+,[^,()]*),(.+)\\)}");
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^{}()]+)}");
  private static final String VALUE =
      "</stringProp>\\s*<stringProp name=\"Argument\\.value\">([^<]*)<";

  private PlanUsers() {}

  /**
   * Counts them.
   *
   * @throws UsageException where the file does not tell
   */
  static int of(Path plan) {
    try {
      PlanFile file = PlanFile.read(plan);
      int users = sum(file, Files.readString(plan), file.elements());
      return users > 0 ? users : refuse(file, "has no users: its thread groups have 0 threads");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int sum(PlanFile file, String text, List<PlanFile.Element> level) {
    int users = 0;
    for (PlanFile.Element element : level) {
      if (element.enabled()) {
        users +=
            element.type().matches("(.*\\.)?ThreadGroup")
                ? number(file, text, element.text("ThreadGroup.num_threads"))
                : sum(file, text, element.children());
      }
    }
    return users;
  }

  private static int number(PlanFile file, String text, String threads) {
    if (threads.matches("\\d{1,5}")) {
      return Integer.parseInt(threads);
    }
    Matcher property = DEFAULT.matcher(threads);
    if (property.matches()) {
      return number(file, text, property.group(1).strip());
    }
    Matcher name = REFERENCE.matcher(threads);
    if (name.matches()) {
      Matcher value =
          Pattern.compile(Pattern.quote("Argument.name\">" + name.group(1)) + VALUE).matcher(text);
      if (value.find()) {
        return number(file, text, value.group(1).strip());
      }
    }
    return refuse(
        file, "does not tell how many users it has (" + threads + "): write a number there");
  }

  private static int refuse(PlanFile file, String why) {
    throw file.refuse(why + ", or say users: 32 in place of users: plan");
  }
}
