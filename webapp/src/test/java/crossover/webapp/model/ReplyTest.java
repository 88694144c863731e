package crossover.webapp.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplyTest {
  @Test
  void aKeeperThatThrowsHasNotKeptThePage() {
    Reply page =
        Reply.rendered(new byte[0])
            .kept(
                html -> {
                  throw new IllegalStateException("kept nowhere");
                });
    assertThat(page.keep()).isCompletedExceptionally();
  }
}
