package crossover.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.rmi.UnmarshalException;
import org.junit.jupiter.api.Test;

class FleetFaultTest {
  @Test
  void whatRmiSaysInSeveralLinesIsToldInOne() {
    UnmarshalException cut = new UnmarshalException("no header", new EOFException("the end"));
    assertThat(cut.getMessage()).contains("\n");
    assertThat(FleetFault.of(cut)).contains("the end").doesNotContain("\n");
  }

  @Test
  void aServerThatAnswersNothingMayHangOrNotReachThisMachine() {
    UnmarshalException silence =
        new UnmarshalException("", new SocketTimeoutException("timed out"));
    assertThat(FleetFault.of(silence)).contains("cannot reach this machine", "or it hangs");
    UnmarshalException refused = new UnmarshalException("", new ConnectException("refused"));
    assertThat(FleetFault.of(refused)).doesNotContain("hangs");
  }
}
