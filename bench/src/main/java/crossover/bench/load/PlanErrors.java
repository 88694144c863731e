package crossover.bench.load;

import java.util.function.Consumer;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What JMeter logs as an error while a plan runs, such as a script of it that throws. */
final class PlanErrors extends AbstractAppender {
  private static volatile Consumer<String> others = error -> {};
  private static final ThreadLocal<Consumer<String>> LISTENER =
      ThreadLocal.withInitial(() -> error -> others.accept(error));

  private static boolean hearing;

  private PlanErrors() {
    super("plan errors", null, null, true, Property.EMPTY_ARRAY);
  }

  /** Begins to hear of errors, in all threads, unless it does already. */
  static synchronized void hear() {
    if (hearing) {
      return;
    }
    hearing = true;
    PlanErrors errors = new PlanErrors();
    errors.start();
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    context.getConfiguration().getRootLogger().addAppender(errors, Level.ERROR, null);
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, death) -> {
          tell(death.toString());
          LISTENER.set(error -> {}); // told once is enough
          if (before == null) {
            death.printStackTrace();
          } else {
            before.uncaughtException(thread, death);
          }
        });
  }

  /** Who is told of the errors of the thread that calls. */
  static void of(Consumer<String> listener) {
    LISTENER.set(listener);
  }

  /** Who is told of those of all other threads: the engine's, and of groups besides the load. */
  static void ofOthers(Consumer<String> listener) {
    others = listener;
  }

  private static void tell(String error) {
    LISTENER.get().accept(error);
  }

  @Override
  public void append(LogEvent event) {
    Throwable cause = ExceptionUtils.getRootCause(event.getThrown());
    tell(event.getMessage().getFormattedMessage() + (cause == null ? "" : ": " + cause));
  }
}
