package crossover.bench.load;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one slice asks of the generator.
 *
 * @param plan a JMeter plan; its numbers of threads, duration, ramp and listeners are replaced by
 *     what stands here
 * @param properties JMeter properties for the plan: host, port, path, words, checks and whatever
 *     else it reads by {@code __P}
 * @param kind who decides when a request starts
 * @param users closed: concurrent users; open: threads (and connections) that share the schedule:
 *     the most requests that the server can have at once; further arrivals wait for the first
 *     answer, and are timed from when they were due all the same
 * @param rate open: arrivals per second; 0 when closed
 * @param leadIn seconds of load before the measured window; each user has made one request, and so
 *     opened its connection, before they begin
 * @param seconds the measured window
 * @param drain seconds that requests in flight at its end have to finish; what is then unfinished
 *     is interrupted and makes the slice invalid
 */
public record Traffic(
    String plan,
    TreeMap<String, String> properties,
    Kind kind,
    int users,
    double rate,
    double leadIn,
    double seconds,
    double drain)
    implements Serializable {

  /** What a property may refer to. */
  private static final List<String> SERVER = List.of("host", "port", "path");

  private static final double DRAIN_SECONDS = 30;

  /** To start a user, and to end it, takes the generator some time of its own. */
  private static final double DRAIN_SECONDS_PER_USER = 0.01;

  /** Who decides when a request starts. */
  public enum Kind {
    /** Each user sends its next request when it has the last answer, and has thought. */
    CLOSED,
    /** The same without the plan's think times: what the generator can send. */
    UNPAUSED,
    /** The plan, with its own users, ramp-up and loops. */
    PLANNED,
    /** A clock, at equal distances. */
    OPEN
  }

  /** Rejects what cannot be run. */
  public Traffic {
    properties = new TreeMap<>(properties);
    require(users >= 1, "users must be 1 or more: " + users);
    require(seconds > 0, "seconds must be more than 0: " + seconds);
    require(leadIn >= 0, "the lead-in must not be negative: " + leadIn);
    require(drain > 0, "the time to drain must be more than 0: " + drain);
    require(
        kind == Kind.OPEN ? rate > 0 : rate == 0,
        "rate must be more than 0 in an open slice and 0 in a closed one: " + rate);
  }

  /** As many requests as {@code users} who never wait can make. */
  public static Traffic closed(
      Path plan, Map<String, String> properties, int users, double leadIn, double seconds) {
    return new Traffic(
        plan.toString(),
        new TreeMap<>(properties),
        Kind.CLOSED,
        users,
        0,
        leadIn,
        seconds,
        DRAIN_SECONDS + users * DRAIN_SECONDS_PER_USER);
  }

  /** {@code rate} requests a second, however slowly the server answers. */
  public static Traffic open(
      Path plan,
      Map<String, String> properties,
      int users,
      double rate,
      double leadIn,
      double seconds) {
    return new Traffic(
        plan.toString(),
        new TreeMap<>(properties),
        Kind.OPEN,
        users,
        rate,
        leadIn,
        seconds,
        DRAIN_SECONDS);
  }

  /**
   * The same load in parts: users and rate divided as evenly as can be.
   *
   * @param parts at most as many as there are users
   */
  List<Traffic> divided(int parts) {
    List<Traffic> divided = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      int share = users / parts + (i < users % parts ? 1 : 0);
      divided.add(
          new Traffic(plan, properties, kind, share, rate * share / users, leadIn, seconds, drain));
    }
    return divided;
  }

  /** The same with the plan at another path. */
  Traffic withPlan(String other) {
    return new Traffic(other, properties, kind, users, rate, leadIn, seconds, drain);
  }

  /** The same for a server. */
  public Traffic to(String host, int port) {
    TreeMap<String, String> all = new TreeMap<>(properties);
    all.put("host", host);
    all.put("port", Integer.toString(port));
    return new Traffic(plan, all, kind, users, rate, leadIn, seconds, drain);
  }

  /** Whether each engine sends it to a {@link Responder} in its own process. */
  boolean alone() {
    return Responder.BESIDE.equals(properties.get("host"));
  }

  /** One run of the plan as it is; {@code seconds} holds where it has no end. */
  public Traffic asPlanned() {
    return new Traffic(plan, properties, Kind.PLANNED, users, rate, leadIn, seconds, drain);
  }

  /** The same without the plan's think times. */
  Traffic unpaused() {
    return new Traffic(plan, properties, Kind.UNPAUSED, users, rate, leadIn, seconds, drain);
  }

  /** The properties, with what they say of the server put in: <code>${host}</code> and so on. */
  Map<String, String> filledProperties() {
    Map<String, String> filled = new TreeMap<>(properties);
    for (String name : SERVER) {
      String value = properties.getOrDefault(name, "");
      filled.replaceAll((property, text) -> text.replace("${" + name + "}", value));
    }
    return filled;
  }

  boolean open() {
    return kind == Kind.OPEN;
  }

  /** Whether users think between their requests, as the plan says. */
  boolean thinkTimes() {
    return kind == Kind.CLOSED || kind == Kind.PLANNED;
  }

  boolean planned() {
    return kind == Kind.PLANNED;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
