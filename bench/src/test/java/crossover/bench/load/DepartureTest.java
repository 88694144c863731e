package crossover.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.rmi.RemoteException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.jmeter.samplers.SampleResult;
import org.junit.jupiter.api.Test;

class DepartureTest {
  private static final long LONG_MILLIS = 60_000;

  private final Departure departure = new Departure(List.of("a", "b"));

  @Test
  void theEnginesThatAreLeftGoWithTheLongestLeadInOfAll() throws Exception {
    CompletableFuture<Double> a = connected("a", 1);
    CompletableFuture<Double> b = connected("b", 3);
    assertThat(departure.awaitConnected(LONG_MILLIS)).isEmpty();
    departure.depart();
    assertThat(a.get(LONG_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo(3);
    assertThat(b.get(LONG_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo(3);
  }

  @Test
  void anEngineThatIsLostIsNotLetGoAndWhatItTellsLaterDoesNotCount() throws Exception {
    CompletableFuture<Double> waiting = connected("b", 9);
    assertThat(departure.awaitConnected(0)).contains("a");
    departure.ended("b", null);
    departure.ended("b", new SampleResult());
    departure.ended("of an earlier slice", new SampleResult());

    refused(waiting);
    refused(connected("b", 9));
    refused(connected("of an earlier slice", 9));
    assertThat(departure.sample("b")).isNull();
    assertThat(departure.awaitOver(0)).containsExactly("a");
  }

  @Test
  void nobodyIsLetGoToASliceThatDoesNotBegin() {
    CompletableFuture<Double> waiting = connected("a", 1);
    departure.cancel();
    refused(waiting);
    refused(connected("b", 1));
  }

  private static void refused(CompletableFuture<Double> call) {
    assertThatThrownBy(() -> call.get(LONG_MILLIS, TimeUnit.MILLISECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(RemoteException.class);
  }

  private CompletableFuture<Double> connected(String name, double leadIn) {
    CompletableFuture<Double> call = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                call.complete(departure.connected(name, leadIn));
              } catch (RemoteException | InterruptedException e) {
                call.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return call;
  }
}
