package crossover.bench.stack;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamException;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Calls of an object's methods in another process, over the pipes of its standard input and output.
 * Arguments and results are {@link Serializable}. A caller waits for the answer, and hears what the
 * other process tells meanwhile.
 */
public final class Calls {
  /** What a message may be made of: a process on another host is not trusted with more. */
  private static final ObjectInputFilter FILTER =
      ObjectInputFilter.Config.createFilter("crossover.bench.**;java.base/*;!*");

  private final InputStream input;
  private final ObjectOutputStream out;
  private ObjectInputStream in;
  private Consumer<String> listener = told -> {};

  private Calls(InputStream input, OutputStream output) throws IOException {
    this.input = input;
    out = new ObjectOutputStream(output);
  }

  /** Why a call has no result. */
  public enum Cause {
    /** The method refuses, and says why. */
    REFUSED,
    /** There is an error in the other process, which may be of no more use. */
    DEFECT,
    /** The other process has ended, or the pipe to it was cut. */
    CUT
  }

  /** A call without a result. */
  public record Failure(Cause cause, String message) implements Serializable {
    /** The message behind a colon; nothing where the end of the process is all that is known. */
    public String reason() {
      return message == null ? "" : ": " + message;
    }

    private static Failure of(Throwable thrown) {
      boolean refused = thrown instanceof IOException || thrown instanceof StartFailure;
      if (!refused) {
        thrown.printStackTrace(); // into the log of the process
      }
      boolean told = refused || thrown instanceof IllegalStateException;
      return new Failure(
          refused ? Cause.REFUSED : Cause.DEFECT,
          told ? StartFailure.reason(thrown) : thrown.toString());
    }
  }

  private record Call(String method, List<Serializable> arguments) implements Serializable {}

  private record Answer(Serializable value, Failure failure) implements Serializable {}

  /**
   * To a process that was started, once it serves.
   *
   * @throws StartFailure if it ends before; it is closed then
   */
  public static Calls to(ChildProcess child) {
    Process process = child.process();
    try {
      Calls calls = new Calls(process.getInputStream(), process.getOutputStream());
      calls.open();
      return calls;
    } catch (IOException e) {
      child.close();
      throw child.failure("did not start");
    }
  }

  /** From the process that started this one. What is printed goes to the log from now on. */
  public static Calls ofParent() throws IOException {
    System.setOut(System.err);
    return new Calls(
        new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
  }

  private void open() throws IOException {
    out.flush(); // its header tells the other side that we listen
    in = new ObjectInputStream(input);
    in.setObjectInputFilter(FILTER);
  }

  /**
   * Serves calls until the caller is done with this process, or dead. They have a thread of their
   * own, so that the end of the input is noticed during a call.
   *
   * @param type whose methods can be called
   */
  public <T> void serve(Class<T> type, T target) {
    ExecutorService executor =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "calls");
              thread.setDaemon(true);
              return thread;
            });
    try {
      open();
      while (true) {
        Call call = (Call) in.readObject();
        executor.execute(() -> send(answer(call, type, target)));
      }
    } catch (ObjectStreamException | ClassNotFoundException e) {
      e.printStackTrace(); // what was sent is no call
      System.exit(1);
    } catch (IOException e) {
      // There are no more calls.
    }
  }

  private static Answer answer(Call call, Class<?> type, Object target) {
    try {
      Method called =
          Stream.of(type.getMethods())
              .filter(candidate -> candidate.getName().equals(call.method))
              .findFirst()
              .orElseThrow();
      return new Answer((Serializable) called.invoke(target, call.arguments.toArray()), null);
    } catch (InvocationTargetException e) {
      return new Answer(null, Failure.of(e.getCause()));
    } catch (ReflectiveOperationException | RuntimeException e) {
      return new Answer(null, Failure.of(e));
    }
  }

  /** Tells a caller who waits for an answer. */
  public void tell(String what) {
    send(what);
  }

  private void send(Serializable message) {
    try {
      write(message);
    } catch (ObjectStreamException | RuntimeException | Error e) {
      e.printStackTrace(); // an answer that is no message: the caller would wait for ever
      System.exit(1);
    } catch (IOException e) {
      System.exit(0); // nobody listens
    }
  }

  private synchronized void write(Serializable message) throws IOException {
    out.writeObject(message);
    out.reset();
    out.flush();
  }

  /** Sets who hears what the other process tells during calls. A call throws what it throws. */
  public void hear(Consumer<String> other) {
    listener = other;
  }

  /**
   * The object that the other process serves.
   *
   * @param thrown makes what a caller gets of a failure
   */
  public <T> T remote(Class<T> type, Function<Failure, ? extends Exception> thrown) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getDeclaringClass() == Object.class) {
                return switch (method.getName()) {
                  case "equals" -> proxy == arguments[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  default -> type.getSimpleName() + " of another process";
                };
              }
              Answer answer = ask(method, arguments == null ? new Object[0] : arguments);
              if (answer.failure != null) {
                throw thrown.apply(answer.failure);
              }
              return answer.value;
            }));
  }

  private synchronized Answer ask(Method method, Object[] arguments) {
    List<Serializable> all = Stream.of(arguments).map(Serializable.class::cast).toList();
    try {
      write(new Call(method.getName(), all));
      RuntimeException thrown = null;
      Object said = in.readObject();
      while (said instanceof String told) {
        try {
          if (thrown == null) {
            listener.accept(told);
          }
        } catch (RuntimeException e) {
          thrown = e; // only once the answer has been read, which is not the next call's
        }
        said = in.readObject();
      }
      Answer answer = (Answer) said;
      if (thrown != null && answer.failure == null) {
        throw thrown;
      }
      return answer;
    } catch (IOException | ClassNotFoundException e) {
      return new Answer(null, new Failure(Cause.CUT, e.getMessage()));
    }
  }
}
