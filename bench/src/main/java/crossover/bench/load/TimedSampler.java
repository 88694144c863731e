package crossover.bench.load;

import org.apache.jmeter.config.ConfigTestElement;
import org.apache.jmeter.engine.event.LoopIterationEvent;
import org.apache.jmeter.protocol.http.sampler.HTTPSamplerBase;
import org.apache.jmeter.samplers.AbstractSampler;
import org.apache.jmeter.samplers.Entry;
import org.apache.jmeter.samplers.Interruptible;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.testelement.TestElement;
import org.apache.jmeter.testelement.TestIterationListener;
import org.apache.jmeter.testelement.TestStateListener;
import org.apache.jmeter.testelement.ThreadListener;
import org.apache.jmeter.testelement.property.TestElementProperty;
import org.apache.jmeter.threads.JMeterContext;
import org.apache.jorphan.util.JMeterStopThreadException;

/**
 * Stands in a plan where an HTTP request stood, passes everything on to it, and times it. JMeter's
 * own clock has steps of 1 ms, and its request class is final.
 */
public final class TimedSampler extends AbstractSampler
    implements Interruptible, ThreadListener, TestIterationListener, TestStateListener {

  /** The request is a property, so that JMeter finds the functions in it and copies it with us. */
  private static final String REQUEST = "TimedSampler.request";

  private transient HTTPSamplerBase request;
  private transient Recorder recorder;
  private transient Gate gate;
  private transient Arrivals arrivals;

  /** For JMeter, which copies elements by this constructor and {@link #clone}. */
  public TimedSampler() {}

  /** Times {@code request}; {@code arrivals} is null in a closed loop. */
  TimedSampler(HTTPSamplerBase request, Recorder recorder, Gate gate, Arrivals arrivals) {
    setName(request.getName());
    setProperty(new TestElementProperty(REQUEST, request));
    this.request = request;
    this.recorder = recorder;
    this.gate = gate;
    this.arrivals = arrivals;
  }

  @Override
  public Object clone() {
    TimedSampler copy = (TimedSampler) super.clone();
    copy.request = (HTTPSamplerBase) copy.getProperty(REQUEST).getObjectValue();
    copy.recorder = recorder;
    copy.gate = gate;
    copy.arrivals = arrivals;
    return copy;
  }

  @Override
  public SampleResult sample(Entry entry) {
    long due = await();
    // Nothing but the sample may stand between the two clocks.
    long start = System.nanoTime();
    SampleResult result = request.sample(entry);
    long end = System.nanoTime();
    recorder.record(due, start, end, result);
    return result;
  }

  /** A user who has connected keeps still until all have: thousands would never get to start. */
  private long await() {
    if (recorder.firstOfUser()) {
      return 0;
    }
    try {
      if (arrivals == null) {
        if (!gate.pass()) {
          throw new JMeterStopThreadException("there are no more turns");
        }
        return 0;
      }
      long due = arrivals.await();
      if (due == Long.MAX_VALUE) {
        throw new JMeterStopThreadException("there are no more arrivals");
      }
      return due;
    } catch (InterruptedException e) {
      throw new JMeterStopThreadException("the slice was cut off", e);
    }
  }

  @Override
  public boolean interrupt() {
    return request instanceof Interruptible interruptible && interruptible.interrupt();
  }

  @Override
  public void addTestElement(TestElement element) {
    request.addTestElement(element);
  }

  @Override
  public void clearTestElementChildren() {
    request.clearTestElementChildren();
  }

  @Override
  public boolean applies(ConfigTestElement element) {
    return request.applies(element);
  }

  @Override
  public void setThreadContext(JMeterContext context) {
    super.setThreadContext(context);
    request.setThreadContext(context);
  }

  @Override
  public void threadStarted() {
    request.threadStarted();
  }

  @Override
  public void threadFinished() {
    request.threadFinished();
  }

  @Override
  public void testIterationStart(LoopIterationEvent event) {
    request.testIterationStart(event);
  }

  @Override
  public void testStarted() {
    request.testStarted();
  }

  @Override
  public void testStarted(String host) {
    request.testStarted(host);
  }

  @Override
  public void testEnded() {
    request.testEnded();
  }

  @Override
  public void testEnded(String host) {
    request.testEnded(host);
  }
}
