package crossover.bench.war;

import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.stack.Cpus;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdks;
import crossover.bench.stack.Stack;
import crossover.bench.stack.Tomcat;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who was answered 503 will send the form again: it must not be stored by the first try later. */
class LateStatementsIT {
  private static final int USERS = 64;

  private static Stack stack;
  private static Tomcat tomcat;

  @BeforeAll
  static void open() {
    Installation installation = Installation.find();
    stack = Stack.open(installation, Cpus.free(), null, null);
    tomcat = stack.launch("late", installation.war(), 11, Jdks.newest(), MatrixIT.JVM, Map.of(), 0);
    tomcat.awaitReady("/health", 200);
  }

  @AfterAll
  static void close() {
    stack.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/sync", "/wrapped", "/native"})
  void whatWasAnswered503IsNotStoredAfterwards(String model) throws Exception {
    Map<Integer, Integer> answers;
    long before = ask("select count(*) from crossover.word");
    try (Connection connection = stack.database().connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("lock table crossover.word in share mode");
      answers = Users.ask(tomcat.port(), USERS, 1, Users.post(model));
      connection.rollback();
    }
    assertThat(answers).containsKey(503);
    awaitQuiet();
    assertThat(ask("select count(*) from crossover.word") - before)
        .isEqualTo(answers.getOrDefault(303, 0).longValue());
  }

  /** Until nothing has been under way for a while. */
  private static void awaitQuiet() throws Exception {
    for (int quiet = 0; quiet < 20; quiet++) {
      long active =
          ask(
              "select count(*) from pg_stat_activity"
                  + " where application_name = 'crossover' and state = 'active'");
      if (active > 0) {
        quiet = 0;
      }
      Thread.sleep(100);
    }
  }

  private static long ask(String sql) throws SQLException {
    try (Connection connection = stack.database().connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
