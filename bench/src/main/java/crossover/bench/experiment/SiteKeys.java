package crossover.bench.experiment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * The keys of a site that is a mapping. Its links stand by themselves, or together under {@code
 * link}.
 */
record SiteKeys(
    String name,
    LinkSpec client,
    LinkSpec database,
    LinkSpec redis,
    LinkKeys link,
    String ssh,
    @Allowed(min = "1", max = "1024") Integer cores,
    List<String> jvm,
    Map<String, String> settings) {

  record LinkKeys(LinkSpec client, LinkSpec database, LinkSpec redis) {}

  /** An item of the list of sites: the name of one that needs no definition, or a mapping. */
  @JsonDeserialize(using = EntryReader.class)
  record Entry(String known, SiteKeys keys) {
    Site toSite() {
      if (keys == null && known.startsWith(Host.SSH)) {
        address(known.substring(Host.SSH.length()));
      }
      return keys != null
          ? keys.toSite()
          : Site.known(known)
              .orElseThrow(
                  () ->
                      new Refusal(
                          "names \""
                              + known
                              + "\", but a site is localhost, pi-like, ssh:user@host, or a mapping"
                              + " of name, link, client, database, redis, cores, jvm, settings,"
                              + " ssh"));
    }

    @JsonValue
    Object written() {
      return keys == null ? known : keys;
    }
  }

  private static SshAddress address(String ssh) {
    try {
      return SshAddress.parse(ssh);
    } catch (IllegalArgumentException e) {
      throw new Refusal(e.getMessage());
    }
  }

  static final class EntryReader extends StdDeserializer<Entry> {
    EntryReader() {
      super(Entry.class);
    }

    @Override
    public Entry deserialize(JsonParser parser, DeserializationContext context) {
      return parser.currentToken().isScalarValue()
          ? new Entry(context.readValue(parser, String.class), null)
          : new Entry(null, context.readValue(parser, SiteKeys.class));
    }
  }

  Site toSite() {
    if (ssh != null) {
      Keys.within(() -> address(ssh), "ssh");
    }
    Host usual = ssh == null ? Host.HERE : Host.board(ssh);
    Host host =
        new Host(
            Optional.ofNullable(ssh),
            Keys.orElse(cores, 0),
            Keys.list("jvm", jvm, usual.jvm()),
            Keys.orElse(settings, usual.settings()));
    String usualName = ssh != null ? Host.SSH + ssh : link != null ? "link" : null;
    LinkKeys links = Keys.orElse(link, new LinkKeys(client, database, redis));
    Site site =
        new Site(
            Keys.require("name", Keys.orElse(name, usualName)),
            Optional.ofNullable(links.client),
            Optional.ofNullable(links.database),
            Optional.ofNullable(links.redis),
            host);
    if (link != null && (client != null || database != null || redis != null)) {
      throw Keys.refuse("link", "holds the links: put client, database and redis into it");
    }
    if (ssh != null && !site.isDirect()) {
      throw Keys.refuse(
          "ssh", "is another machine, which has its own links: leave out client, database, redis");
    }
    if (ssh != null && cores != null) {
      throw Keys.refuse("cores", "can be limited on this machine only: leave it out, or ssh");
    }
    return site;
  }

  static SiteKeys of(Site site) {
    Host host = site.host();
    return new SiteKeys(
        site.name(),
        site.client().orElse(null),
        site.database().orElse(null),
        site.redis().orElse(null),
        null,
        host.ssh().orElse(null),
        host.cores() == 0 ? null : host.cores(),
        ExperimentFile.orNull(host.jvm()),
        ExperimentFile.orNull(host.settings()));
  }
}
