package crossover.webapp.data;

/**
 * A word with its definition. The getters are for JSP: the expression language of Tomcat 10.1 reads
 * beans and does not know records.
 */
public record Word(long id, String text, String definition) {
  public long getId() {
    return id;
  }

  public String getText() {
    return text;
  }

  public String getDefinition() {
    return definition;
  }
}
