package crossover.bench.load;

import java.util.function.Consumer;
import org.apache.jmeter.engine.util.NoThreadClone;
import org.apache.jmeter.samplers.SampleEvent;
import org.apache.jmeter.samplers.SampleListener;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.testelement.AbstractTestElement;

/** Hears of the results of what stands beside and above it in a plan. One for all threads. */
final class ResultListener extends AbstractTestElement implements SampleListener, NoThreadClone {
  private final transient Consumer<SampleResult> results;

  ResultListener(Consumer<SampleResult> results) {
    this.results = results;
  }

  @Override
  public void sampleOccurred(SampleEvent event) {
    results.accept(event.getResult());
  }

  @Override
  public void sampleStarted(SampleEvent event) {}

  @Override
  public void sampleStopped(SampleEvent event) {}
}
