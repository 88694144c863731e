package crossover.bench.load;

import java.util.function.Consumer;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What JMeter logs as an error in a user's thread, such as a script of the plan that throws. */
final class PlanErrors extends AbstractAppender {
  private static final ThreadLocal<Consumer<String>> LISTENER = new ThreadLocal<>();

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
    Thread.UncaughtExceptionHandler others = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, death) -> {
          tell(death.toString());
          LISTENER.remove(); // told once is enough
          if (others == null) {
            death.printStackTrace();
          } else {
            others.uncaughtException(thread, death);
          }
        });
  }

  /** Who is told of the errors of the thread that calls. */
  static void of(Consumer<String> listener) {
    LISTENER.set(listener);
  }

  private static void tell(String error) {
    Consumer<String> listener = LISTENER.get();
    if (listener != null) {
      listener.accept(error);
    }
  }

  @Override
  public void append(LogEvent event) {
    Throwable cause = event.getThrown();
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    tell(event.getMessage().getFormattedMessage() + (cause == null ? "" : ": " + cause));
  }
}
