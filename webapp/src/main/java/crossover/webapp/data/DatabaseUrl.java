package crossover.webapp.data;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.SslMode;
import org.postgresql.util.PSQLException;

/**
 * A JDBC URL with its parameters, read once for both drivers, so that they connect alike. What one
 * of them cannot do is refused.
 */
final class DatabaseUrl {
  private static final String SETTING = "The setting crossover.jdbc.url ";
  private static final String SCHEMA = "crossover";

  /** Parameters that mean the same to both drivers. */
  private static final List<PGProperty> KNOWN =
      List.of(
          PGProperty.USER,
          PGProperty.PASSWORD,
          PGProperty.SSL,
          PGProperty.SSL_MODE,
          PGProperty.SSL_ROOT_CERT,
          PGProperty.CURRENT_SCHEMA,
          PGProperty.APPLICATION_NAME,
          PGProperty.OPTIONS,
          PGProperty.TCP_KEEP_ALIVE);

  private static final List<PGProperty> ADDRESS =
      List.of(PGProperty.PG_HOST, PGProperty.PG_PORT, PGProperty.PG_DBNAME);

  private static final List<PGProperty> LIMITS =
      List.of(
          PGProperty.CONNECT_TIMEOUT,
          PGProperty.LOGIN_TIMEOUT,
          PGProperty.SOCKET_TIMEOUT,
          PGProperty.CANCEL_SIGNAL_TIMEOUT);

  private final String base;
  private final Properties properties;
  private final SslMode sslMode;

  /**
   * Reads a URL.
   *
   * @param user in force unless the URL names one; so is the password
   * @throws IllegalArgumentException saying what is wrong with the setting, without its passwords
   */
  DatabaseUrl(String url, String user, String password) {
    base = Redacted.url(url);
    if (!url.startsWith(base)) {
      throw new IllegalArgumentException(
          SETTING
              + "has a user before the host: give crossover.jdbc.user and crossover.jdbc.password, "
              + "or ?user=…&password=… at its end");
    }
    properties = Driver.parseURL(url, null);
    if (properties == null) {
      throw new IllegalArgumentException(
          SETTING + "is '" + base + "': it must be jdbc:postgresql://host:port/database");
    }
    if (PGProperty.PG_HOST.getOrDefault(properties).contains(",")) {
      throw new IllegalArgumentException(
          SETTING + "names several hosts, but the non-blocking client knows one: name one");
    }
    properties.stringPropertyNames().forEach(DatabaseUrl::check);
    setDefault(PGProperty.USER, user);
    setDefault(PGProperty.PASSWORD, password);
    setDefault(PGProperty.CURRENT_SCHEMA, SCHEMA);
    setDefault(PGProperty.APPLICATION_NAME, "crossover");
    try {
      // Stated, because the drivers differ in what they do without it.
      sslMode = SslMode.of(properties);
    } catch (PSQLException e) {
      throw new IllegalArgumentException(SETTING + "has a wrong sslmode: " + e.getMessage(), e);
    }
    if (sslMode.verifyCertificate() && !Files.isReadable(rootCertificate())) {
      throw new IllegalArgumentException(
          SETTING
              + "has sslmode "
              + sslMode.value
              + ", which needs the authority's certificate, but "
              + rootCertificate()
              + " cannot be read: name the file as sslrootcert");
    }
  }

  private static void check(String name) {
    if (isIn(LIMITS, name)) {
      throw new IllegalArgumentException(
          SETTING
              + "has the parameter '"
              + name
              + "': leave it out, crossover.timeout sets the time limits of both drivers");
    }
    if (!isIn(KNOWN, name) && !isIn(ADDRESS, name)) {
      throw new IllegalArgumentException(
          SETTING
              + "has the parameter '"
              + name
              + "', which the non-blocking client does not have: leave it out; "
              + "what both drivers know is "
              + String.join(", ", KNOWN.stream().map(PGProperty::getName).toList()));
    }
  }

  private static boolean isIn(List<PGProperty> list, String name) {
    return list.stream().anyMatch(property -> property.getName().equals(name));
  }

  private void setDefault(PGProperty property, String value) {
    properties.putIfAbsent(property.getName(), value);
  }

  private String get(PGProperty property) {
    return property.getOrDefault(properties);
  }

  /** Without parameters and passwords, for messages and logs. */
  @Override
  public String toString() {
    return base;
  }

  /** Where the tables are made: the first of the schemas that the URL names. */
  String schema() {
    return get(PGProperty.CURRENT_SCHEMA).split(",", -1)[0].strip();
  }

  /** Of PostgreSQL's JDBC driver, for {@link #toString} as the URL. */
  Properties jdbc() {
    Properties all = new Properties();
    for (PGProperty property : KNOWN) {
      String value = get(property);
      if (value != null && property != PGProperty.SSL) {
        all.setProperty(property.getName(), value);
      }
    }
    all.setProperty(PGProperty.SSL_MODE.getName(), sslMode.value);
    return all;
  }

  /** Of Vert.x's client. */
  PgConnectOptions vertx() {
    String host = get(PGProperty.PG_HOST);
    return new PgConnectOptions()
        .setHost(host.startsWith("[") ? host.substring(1, host.length() - 1) : host)
        .setPort(Integer.parseInt(get(PGProperty.PG_PORT)))
        .setDatabase(get(PGProperty.PG_DBNAME))
        .setUser(get(PGProperty.USER))
        .setPassword(get(PGProperty.PASSWORD))
        .addProperty("application_name", get(PGProperty.APPLICATION_NAME))
        .addProperty("search_path", get(PGProperty.CURRENT_SCHEMA))
        .setSslMode(io.vertx.pgclient.SslMode.of(sslMode.value))
        .setSslOptions(ssl());
  }

  boolean keepAlive() {
    return PGProperty.TCP_KEEP_ALIVE.getBoolean(properties);
  }

  private ClientSSLOptions ssl() {
    ClientSSLOptions ssl = new ClientSSLOptions();
    ssl.setHostnameVerificationAlgorithm(sslMode.verifyPeerName() ? "HTTPS" : "");
    return sslMode.verifyCertificate()
        ? ssl.setTrustOptions(new PemTrustOptions().addCertPath(rootCertificate().toString()))
        : ssl.setTrustAll(true);
  }

  /** Where the JDBC driver looks too. */
  private Path rootCertificate() {
    String named = get(PGProperty.SSL_ROOT_CERT);
    return named == null
        ? Path.of(System.getProperty("user.home"), ".postgresql", "root.crt")
        : Path.of(named);
  }
}
