package crossover.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls of a process of its own. */
@Timeout(60)
class CallsTest {
  @TempDir private Path folder;
  private final Watchdog watchdog = Watchdog.open();
  private ChildProcess process;
  private Calls calls;
  private Work work;

  /** What the process does. */
  interface Work {
    int twice(int number);

    /** Tells each word, then answers. */
    String say(List<String> words, String answer);

    void fail(Exception failure) throws Exception;

    Serializable give(Answer answer);

    void take(Serializable argument);

    void end();
  }

  /** What no message may be made of. */
  enum Answer {
    FORBIDDEN {
      @Override
      Serializable value() {
        return Level.INFO; // a class of another module
      }
    },
    UNSERIALIZABLE {
      @Override
      Serializable value() {
        return new ArrayList<>(List.of(new Object()));
      }
    },
    BROKEN {
      @Override
      Serializable value() {
        return new Broken();
      }
    };

    abstract Serializable value();
  }

  private static final class Broken implements Serializable {
    private static final long serialVersionUID = 1;

    private void writeObject(ObjectOutputStream out) throws IOException {
      out.defaultWriteObject();
      throw new IllegalStateException("is not written");
    }
  }

  /** The process. */
  static final class Worker implements Work {
    private final Calls parent;

    private Worker(Calls parent) {
      this.parent = parent;
    }

    public static void main(String[] args) throws IOException {
      Calls parent = Calls.ofParent();
      parent.serve(Work.class, new Worker(parent));
    }

    @Override
    public int twice(int number) {
      return 2 * number;
    }

    @Override
    public String say(List<String> words, String answer) {
      words.forEach(parent::tell);
      return answer;
    }

    @Override
    public void fail(Exception failure) throws Exception {
      parent.tell("fails");
      throw failure;
    }

    @Override
    public Serializable give(Answer answer) {
      return answer.value();
    }

    @Override
    public void take(Serializable argument) {}

    @Override
    public void end() {
      System.err.println("enough");
      Runtime.getRuntime().halt(7);
    }
  }

  private static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final Calls.Failure failure;

    Failed(Calls.Failure failure) {
      super(failure.cause() + failure.reason());
      this.failure = failure;
    }
  }

  @BeforeEach
  void start() {
    process = TestJvm.start("the worker", Worker.class, folder.resolve("log"), watchdog);
    calls = Calls.to(process);
    work = calls.remote(Work.class, Failed::new);
  }

  @AfterEach
  void stop() {
    process.close();
    watchdog.close();
  }

  @Test
  void theCallerHearsWhatIsToldBeforeTheAnswer() {
    List<String> heard = new ArrayList<>();
    calls.hear(heard::add);
    assertThat(work.say(List.of("opens", "closes"), "done")).isEqualTo("done");
    assertThat(heard).containsExactly("opens", "closes");
    assertThat(work.twice(21)).isEqualTo(42);
  }

  @Test
  void aFailureTellsWhatHappenedAndTheNextCallHasItsOwnAnswer() {
    assertThat(failure(new IOException("the disk is full"))).isEqualTo("REFUSED: the disk is full");
    assertThat(failure(new NoSuchFileException("/none")))
        .isEqualTo("REFUSED: java.nio.file.NoSuchFileException: /none");
    assertThat(failure(new EOFException())).isEqualTo("REFUSED: java.io.EOFException");
    assertThat(failure(new StartFailure("no Tomcat"))).isEqualTo("REFUSED: no Tomcat");
    assertThat(failure(new IllegalStateException("no engine"))).isEqualTo("DEFECT: no engine");
    assertThat(failure(new IndexOutOfBoundsException("7")))
        .isEqualTo("DEFECT: java.lang.IndexOutOfBoundsException: 7");
    assertThat(folder.resolve("log")).content().contains("IndexOutOfBoundsException: 7", "at ");
    assertThat(work.twice(21)).isEqualTo(42);
  }

  private String failure(Exception failure) {
    return catchThrowableOfType(Failed.class, () -> work.fail(failure)).getMessage();
  }

  @Test
  void aProcessThatEndsCutsTheCallAndAllThatFollow() throws InterruptedException {
    Failed failed = catchThrowableOfType(Failed.class, work::end);
    assertThat(failed.failure.cause()).isEqualTo(Calls.Cause.CUT);
    assertThat(failed.failure.reason()).doesNotContain("null");
    assertThat(process.awaitExit(Duration.ofSeconds(30))).isTrue();
    assertThat(process.lastLines()).contains("(exit status 7)", "enough");
    assertThatThrownBy(() -> work.twice(21))
        .isInstanceOf(Failed.class)
        .hasMessageStartingWith("CUT");
  }

  @Test
  void whatAListenerThrowsTheCallThrowsAndTheNextOneHasItsOwnAnswer() {
    List<String> heard = new ArrayList<>();
    calls.hear(
        told -> {
          heard.add(told);
          throw new StartFailure("no counters");
        });
    assertThatThrownBy(() -> work.say(List.of("opens", "closes"), "done"))
        .isInstanceOf(StartFailure.class)
        .hasMessage("no counters");
    assertThat(heard).containsExactly("opens");
    assertThat(work.twice(21)).isEqualTo(42);
  }

  @Test
  void aFailureOfTheCallComesBeforeThatOfAListener() {
    calls.hear(
        told -> {
          throw new StartFailure("no counters");
        });
    assertThat(failure(new IllegalStateException("no engine"))).isEqualTo("DEFECT: no engine");
    assertThat(work.twice(21)).isEqualTo(42);
  }

  @Test
  void anAnswerThatTheFilterRejectsIsToldAsSuch() {
    assertThatThrownBy(() -> work.give(Answer.FORBIDDEN))
        .isInstanceOf(Failed.class)
        .hasMessage("CUT: filter status: REJECTED");
  }

  @Test
  void anArgumentThatTheFilterRejectsEndsTheProcessAndItsLogSaysWhy() throws Exception {
    assertThatThrownBy(() -> work.take(Level.INFO))
        .isInstanceOf(Failed.class)
        .hasMessageStartingWith("CUT");
    assertEndedFor("filter status: REJECTED");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FORBIDDEN")
  void anAnswerThatCannotBeWrittenEndsTheProcessAndItsLogSaysWhy(Answer answer) throws Exception {
    assertThatThrownBy(() -> work.give(answer))
        .isInstanceOf(Failed.class)
        .hasMessageStartingWith("CUT");
    assertEndedFor(answer == Answer.BROKEN ? "is not written" : "NotSerializableException");
  }

  private void assertEndedFor(String reason) throws Exception {
    assertThat(process.awaitExit(Duration.ofSeconds(30))).isTrue();
    assertThat(process.process().exitValue()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("log"))).contains(reason);
  }

  @Test
  void theRemoteObjectIsEqualToItselfAndHasAName() {
    Object same = work;
    assertThat(work).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(work).isNotEqualTo(calls.remote(Work.class, Failed::new));
    assertThat(work).hasToString("Work of another process");
  }
}
