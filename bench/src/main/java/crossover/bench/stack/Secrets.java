package crossover.bench.stack;

import java.util.regex.Pattern;

/** Keeps passwords out of what is printed and recorded. */
public final class Secrets {
  private static final Pattern NAMED =
      Pattern.compile("(?i)(password|passwd|secret|token)([=:]\\s*)[^\\s&,;\"']+");
  private static final Pattern IN_URL = Pattern.compile("(://[^\\s:/@]*):[^\\s/@]+@");

  private Secrets() {}

  /** The text with {@code ***} in place of passwords, also of those in URLs. */
  public static String masked(String text) {
    String named = NAMED.matcher(text).replaceAll("$1$2***");
    return IN_URL.matcher(named).replaceAll("$1:***@");
  }
}
