package crossover.bench.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where SSH finds a machine: {@code host}, {@code user@host}, {@code user@host:port}. An IPv6
 * address stands in brackets where a port follows: {@code user@::1}, {@code user@[::1]:2222}.
 *
 * @param destination what one types after {@code ssh}
 * @param port of its SSH server; empty: OpenSSH's configuration says
 */
public record SshAddress(String destination, Optional<Integer> port) {
  private static final String USER = "((?:[^-\\s:@\\[\\]][^\\s:@\\[\\]]*@)?)";
  private static final Pattern NAME =
      Pattern.compile(USER + "([^-\\s:@\\[\\]][^\\s:@\\[\\]]*)(?::(.*))?");
  private static final Pattern BRACKETS =
      Pattern.compile(USER + "\\[([0-9A-Fa-f:.%\\w]+)\\](?::(.*))?");
  private static final Pattern IPV6 =
      Pattern.compile(USER + "([0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[\\w.:%]*)(?:$^(.))?");

  /**
   * Reads an address.
   *
   * @param what names it in a message
   * @throws UsageException if it is none
   */
  public static SshAddress require(String what, String text) {
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(what + " " + e.getMessage());
    }
  }

  static SshAddress parse(String text) {
    for (Pattern form : List.of(IPV6, BRACKETS, NAME)) {
      Matcher matcher = form.matcher(text);
      if (matcher.matches()) {
        return new SshAddress(matcher.group(1) + matcher.group(2), port(text, matcher.group(3)));
      }
    }
    throw new IllegalArgumentException(
        "names \"" + text + "\", but a host is user@host, user@host:port or user@[IPv6]:port");
  }

  private static Optional<Integer> port(String text, String digits) {
    if (digits == null) {
      return Optional.empty();
    }
    if (digits.matches("\\d{1,9}") && Range.PORT.holds(Integer.parseInt(digits))) {
      return Optional.of(Integer.valueOf(digits));
    }
    throw new IllegalArgumentException("names \"" + text + "\", but a port is " + Range.PORT);
  }

  /** OpenSSH's client as a command, with this port. */
  public List<String> client(List<String> ssh) {
    List<String> command = new ArrayList<>(ssh);
    port.ifPresent(number -> command.addAll(List.of("-p", Integer.toString(number))));
    return command;
  }
}
