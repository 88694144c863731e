package crossover.webapp.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class ReasonsTest {
  /** A proxy in front of PostgreSQL says so when there is no server behind it. */
  @Test
  void aConnectionFailureThatIsSentIsAnOutageAndNoRefusedCertificate() throws Exception {
    try (PostgresStub server = new PostgresStub()) {
      server.refuse("08006");
      PGSimpleDataSource database = new PGSimpleDataSource();
      database.setUrl("jdbc:postgresql://127.0.0.1:" + server.port() + "/x?user=x&sslmode=disable");
      Throwable failure = catchThrowable(database::getConnection);

      assertThat(failure).hasMessageContaining("refused by the stub").hasNoCause();
      assertThat(Reasons.isOutage(failure)).isTrue();
      assertThat(Reasons.of(failure)).doesNotContain("certificate");
    }
  }
}
