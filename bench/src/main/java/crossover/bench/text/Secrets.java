package crossover.bench.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Keeps passwords out of what is printed and recorded. */
public final class Secrets {
  private static final String MASK = "***";
  private static final String NAME =
      "\\w*(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[_.-]?key)";
  private static final Pattern IN_QUERY = Pattern.compile("(?i)([?&]" + NAME + "=)[^\\s&]+");
  private static final Pattern NAMED =
      Pattern.compile("(?i)((?<![?&\\w])" + NAME + "[=:]\\s*)\\S+");

  // A password that is not encoded may contain any of :/@, so it ends at the last @ before a blank.
  private static final Pattern IN_URL = Pattern.compile("(://[^\\s:]*):\\S*@");

  private static final Pattern KEY = Pattern.compile("(?i)[\\w.-]*" + NAME);
  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

  private Secrets() {}

  /** The text with {@code ***} in place of passwords, also of those in URLs. */
  public static String masked(String text) {
    String masked = IN_QUERY.matcher(text).replaceAll("$1" + MASK);
    masked = NAMED.matcher(masked).replaceAll("$1" + MASK);
    return IN_URL.matcher(masked).replaceAll("$1:" + MASK + "@");
  }

  /** Words of a command line, without passwords, as one types them into a shell. */
  public static String maskedCommand(List<String> words) {
    List<String> masked = new ArrayList<>();
    boolean password = false;
    for (String word : words) {
      masked.add(password ? MASK : maskedWord(word));
      password = word.startsWith("-") && KEY.matcher(word).matches();
    }
    return masked.stream().map(Secrets::quoted).collect(Collectors.joining(" "));
  }

  /** A word of a command line, or {@code key=value}: a blank does not end a password. */
  public static String maskedWord(String word) {
    int equals = word.indexOf('=');
    if (equals > 0 && KEY.matcher(word.substring(0, equals)).matches()) {
      return word.substring(0, equals + 1) + MASK;
    }
    // A blank does not end a URL that is a word of its own.
    return masked(word.contains("://") ? word.replace(" ", "%20") : word);
  }

  /** Settings by name, in their order, with the passwords in their values masked. */
  public static Map<String, String> masked(Map<String, String> settings) {
    Map<String, String> masked = new LinkedHashMap<>();
    settings.forEach(
        (key, value) -> masked.put(key, maskedWord(key + "=" + value).substring(key.length() + 1)));
    return masked;
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
