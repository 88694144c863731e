package crossover.webapp.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.redisson.config.Config;
import org.redisson.config.SingleServerConfig;

/**
 * {@code redis://[[user]:password@]host:port[/database]}, or {@code rediss} for TLS. The password
 * may be percent-encoded and need not be: it ends with the last "@".
 */
record RedisUrl(String address, String user, String password, int database) {
  private static final Pattern URL =
      Pattern.compile(
          "(?s)(rediss?|valkeys?)://(?:(?<login>.*)@)?(?<host>[^@/?:]+|\\[[0-9a-fA-F:.]+]):(?<port>\\d{1,5})(?:/(?<database>\\d{0,4}))?");

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException naming the setting, without the password
   */
  static RedisUrl parse(String url) {
    Matcher matcher = URL.matcher(url);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "The setting crossover.redis.url is '"
              + Redacted.url(url)
              + "': it must be redis://[[user]:password@]host:port[/database]");
    }
    String login = matcher.group("login");
    String database = matcher.group("database");
    int colon = login == null ? -1 : login.indexOf(':');
    return new RedisUrl(
        matcher.group(1) + "://" + matcher.group("host") + ":" + matcher.group("port"),
        colon <= 0 ? null : decoded(login.substring(0, colon)),
        login == null || login.isEmpty() ? null : decoded(login.substring(colon + 1)),
        database == null || database.isEmpty() ? 0 : Integer.parseInt(database));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // A "%" that is meant as one.
    }
  }

  /** Makes a configuration lead there; gives what else is to be set for its one server. */
  SingleServerConfig applyTo(Config config) {
    config.setUsername(user).setPassword(password);
    return config.useSingleServer().setAddress(address).setDatabase(database);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return address;
  }
}
