package crossover.webapp.data;

/** URLs for people to read: without user, password and parameters. */
public final class Redacted {
  private Redacted() {}

  /**
   * A password may hold any character, "@" and "/" too. Those of a JDBC URL are among its
   * parameters; of another they end with the last "@".
   */
  public static String url(String url) {
    String shown = url.startsWith("jdbc:") ? url.replaceFirst("(?s)\\?.*", "") : url;
    return shown.replaceFirst("(?s)(?<=//).*@", "").replaceFirst("(?s)\\?.*", "");
  }
}
