package crossover.bench.load;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.jmeter.JMeter;
import org.apache.jmeter.config.ConfigTestElement;
import org.apache.jmeter.control.LoopController;
import org.apache.jmeter.protocol.http.sampler.HTTPSamplerBase;
import org.apache.jmeter.samplers.SampleListener;
import org.apache.jmeter.save.SaveService;
import org.apache.jmeter.testelement.TestElement;
import org.apache.jmeter.threads.AbstractThreadGroup;
import org.apache.jmeter.threads.ThreadGroup;
import org.apache.jmeter.timers.Timer;
import org.apache.jorphan.collections.HashTree;
import org.apache.jorphan.collections.ListedHashTree;

/** A stock plan from its file, made ready in memory to be measured. */
final class TimedPlan {
  private final Traffic traffic;
  private final Recorder recorder;
  private final Gate gate;
  private final Arrivals arrivals;
  private final AtomicInteger groups = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();

  private TimedPlan(Traffic traffic, Recorder recorder, Gate gate, Arrivals arrivals) {
    this.traffic = traffic;
    this.recorder = recorder;
    this.gate = gate;
    this.arrivals = arrivals;
  }

  /**
   * Reads the plan of {@code traffic}.
   *
   * @throws IOException when it cannot be read, or is none that can be measured
   */
  static HashTree read(Traffic traffic, Recorder recorder, Gate gate, Arrivals arrivals)
      throws IOException {
    HashTree stock = SaveService.loadTree(new File(traffic.plan()));
    JMeter.convertSubTree(stock, false); // drops what is disabled, resolves module controllers
    HashTree timed = new ListedHashTree();
    TimedPlan plan = new TimedPlan(traffic, recorder, gate, arrivals);
    plan.copy(stock, timed, List.of());
    if (plan.groups.get() != 1 || plan.requests.get() == 0) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s has %d thread groups and %d HTTP requests; a plan to be measured has one Thread Group and at least one HTTP Request",
              traffic.plan(),
              plan.groups.get(),
              plan.requests.get()));
    }
    timed.add(timed.getArray()[0], recorder);
    return timed;
  }

  /**
   * Copies a level of the tree with all below it.
   *
   * @param outer the defaults that hold around this level, the nearest first
   */
  private void copy(HashTree from, HashTree to, List<ConfigTestElement> outer) {
    List<ConfigTestElement> defaults = Stream.concat(defaults(from), outer.stream()).toList();
    for (Object node : from.list()) {
      if (!dropped(node)) {
        HashTree below = from.getTree(node);
        if (node instanceof HTTPSamplerBase request) {
          Stream.concat(defaults(below), defaults.stream())
              .forEach(element -> request.addTestElement((TestElement) element.clone()));
        }
        copy(below, to.add(adapted((TestElement) node)), defaults);
      }
    }
  }

  private static Stream<ConfigTestElement> defaults(HashTree level) {
    return level.list().stream().filter(TimedPlan::isDefaults).map(ConfigTestElement.class::cast);
  }

  /**
   * HTTP Request Defaults: JMeter merges them into a request at every sample; here it is done once.
   */
  private static boolean isDefaults(Object node) {
    return node instanceof ConfigTestElement element
        && element.getPropertyAsString(TestElement.GUI_CLASS).endsWith("HttpDefaultsGui");
  }

  /** Listeners cost time and write files; think times belong to users, not to a schedule. */
  private boolean dropped(Object node) {
    return node instanceof SampleListener
        || isDefaults(node)
        || (node instanceof Timer && arrivals != null);
  }

  private TestElement adapted(TestElement element) {
    if (element instanceof HTTPSamplerBase request) {
      requests.incrementAndGet();
      return new TimedSampler(request, recorder, gate, arrivals);
    }
    if (element instanceof AbstractThreadGroup) {
      groups.incrementAndGet();
    }
    if (element instanceof ThreadGroup group) {
      endless(group);
    }
    return element;
  }

  private void endless(ThreadGroup group) {
    group.setNumThreads(traffic.users());
    group.setRampUp(0);
    group.setScheduler(false);
    group.setProperty(
        AbstractThreadGroup.ON_SAMPLE_ERROR, AbstractThreadGroup.ON_SAMPLE_ERROR_CONTINUE);
    if (group.getSamplerController() instanceof LoopController loop) {
      loop.setLoops(LoopController.INFINITE_LOOP_COUNT);
    }
  }
}
