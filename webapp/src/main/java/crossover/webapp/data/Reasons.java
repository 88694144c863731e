package crossover.webapp.data;

import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.regex.Pattern;
import org.redisson.client.RedisAuthRequiredException;
import org.redisson.client.RedisException;
import org.redisson.client.RedisLoadingException;
import org.redisson.client.RedisTimeoutException;
import org.redisson.client.RedisWrongPasswordException;

/** What a failure of a backend means, whichever driver tells it. */
final class Reasons {
  /** By the beginning of PostgreSQL's SQLSTATE: what waiting does not mend, and what does. */
  private static final Map<String, String> REMEDIES =
      Map.of(
          "28",
              "correct crossover.jdbc.user and crossover.jdbc.password, or PostgreSQL's pg_hba.conf",
          "3D000", "create the database, or correct crossover.jdbc.url",
          "42501", "have its owner run: create schema crossover authorization the_user",
          "42P07", "name another schema in crossover.jdbc.url: ?currentSchema=…");

  private static final Pattern SAYS_NO = Pattern.compile("\\b(WRONGPASS|NOAUTH|NOPERM|ERR)\\b");

  private Reasons() {}

  /** Whether the server is away, starting, stopping, full or slow: it may answer the next time. */
  static boolean isAway(Throwable failure) {
    if (isDistrusted(failure)) {
      return false;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PgException refused) {
        return isAway(refused.getSqlState());
      }
      if (cause instanceof SQLTransientConnectionException) {
        return true; // HikariCP had no connection to give.
      }
      if (cause instanceof SQLException refused) {
        return isAway(refused.getSQLState());
      }
      if (cause instanceof IOException
          || cause instanceof Unavailable
          || cause instanceof RedisTimeoutException
          || cause instanceof RedisLoadingException
          || cause.getClass() == io.vertx.core.VertxException.class) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the server's certificate is not that of the host or of a known authority. Of a wrong
   * name the JDBC driver tells nothing but that its HostnameVerifier said so, in any language.
   */
  private static boolean isDistrusted(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException
          || cause instanceof CertPathBuilderException
          || cause instanceof CertPathValidatorException
          || (cause instanceof SQLException sql
              && "08006".equals(sql.getSQLState())
              && String.valueOf(sql.getMessage()).contains("HostnameVerifier"))) {
        return true;
      }
    }
    return false;
  }

  /** 08004 is a refusal: no TLS, or another way to log in than the driver's. */
  private static boolean isAway(String state) {
    return state == null
        || (state.startsWith("08") && !state.equals("08004"))
        || state.startsWith("57P")
        || state.equals("53300")
        || isTimeout(state);
  }

  private static boolean isTimeout(String state) {
    return "57014".equals(state);
  }

  /** Whether no connection could be had or it broke, and it is not that the statement was slow. */
  static boolean isOutage(Throwable failure) {
    if (!isAway(failure)) {
      return false;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if ((cause instanceof SQLException sql && isTimeout(sql.getSQLState()))
          || (cause instanceof PgException pg && isTimeout(pg.getSqlState()))
          || (cause instanceof SQLTransientConnectionException && cause.getCause() == null)) {
        return false;
      }
    }
    return true;
  }

  /** One line: what the server or the driver said, and what to do about it where that is known. */
  static String of(Throwable failure) {
    Throwable root = failure;
    String remedy =
        isDistrusted(failure)
            ? "; the certificate is refused: correct the host or sslrootcert in crossover.jdbc.url"
            : "";
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      root = cause;
      if (cause instanceof SQLException sql) {
        remedy = remedy(sql.getSQLState(), remedy);
      } else if (cause instanceof PgException pg) {
        remedy = remedy(pg.getSqlState(), remedy);
      } else if (cause instanceof RedisAuthRequiredException
          || cause instanceof RedisWrongPasswordException) {
        remedy = "; correct the password in crossover.redis.url";
      }
    }
    String message = root.getMessage() == null ? root.getClass().getName() : root.getMessage();
    return message.strip().replaceAll("\\s+", " ") + remedy;
  }

  private static String remedy(String state, String otherwise) {
    if (state == null) {
      return otherwise;
    }
    return REMEDIES.entrySet().stream()
        .filter(entry -> state.startsWith(entry.getKey()))
        .map(entry -> "; " + entry.getValue())
        .findAny()
        .orElse(otherwise);
  }

  /** Whether Redis itself said no; the connection is well. */
  static boolean isRefusal(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RedisAuthRequiredException
          || cause instanceof RedisWrongPasswordException
          || (cause.getClass() == RedisException.class
              && SAYS_NO.matcher(String.valueOf(cause.getMessage())).find())) {
        return true;
      }
    }
    return false;
  }
}
