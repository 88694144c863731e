package crossover.webapp.data;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs when a backend stops answering and when it answers again, each once. Thread-safe. */
final class Outage {
  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

  /** Of several connections one may answer while others are still found dead. */
  private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String backend;
  private final Runnable onBegin;
  private volatile boolean away;
  private volatile long lastFailure;

  /** An outage of a backend by name; {@code onBegin} runs each time that one begins. */
  Outage(String backend, Runnable onBegin) {
    this.backend = backend;
    this.onBegin = onBegin;
  }

  void failed(Throwable failure) {
    lastFailure = System.nanoTime();
    if (begins()) {
      LOG.warn("{} does not answer: {}", backend, Reasons.of(failure));
      onBegin.run();
    }
  }

  private synchronized boolean begins() {
    boolean begins = !away;
    away = true;
    return begins;
  }

  void answered() {
    if (away && System.nanoTime() - lastFailure > CALM_NANOS && ends()) {
      LOG.info("{} answers again", backend);
    }
  }

  private synchronized boolean ends() {
    boolean ends = away;
    away = false;
    return ends;
  }
}
