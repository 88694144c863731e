package crossover.webapp.view;

import crossover.webapp.model.Form;
import crossover.webapp.model.Reply;
import java.util.Locale;
import java.util.Map;

/**
 * A word as typed into the form, trimmed, with what is wrong about it. Lengths count characters as
 * Unicode does: a letter outside the basic plane is one.
 *
 * @param textMessage empty when the text is valid
 * @param definitionMessage empty when the definition is valid
 */
record NewWord(String text, String definition, String textMessage, String definitionMessage) {
  static final NewWord EMPTY = new NewWord("", "", "", "");

  private static final int TEXT_LIMIT = 100;
  private static final int DEFINITION_LIMIT = 2_000;

  static NewWord of(Form form) {
    Form.Field text = form.field("text");
    Form.Field definition = form.field("definition");
    return new NewWord(
        text.value().strip(),
        definition.value().strip(),
        message(text, TEXT_LIMIT),
        message(definition, DEFINITION_LIMIT));
  }

  boolean valid() {
    return textMessage.isEmpty() && definitionMessage.isEmpty();
  }

  /** The form with what was typed; HTML has no way to write U+0000. */
  Reply page(int status) {
    return Reply.page(
        status,
        "form.jsp",
        Map.of(
            "text",
            text.replace('\0', '\uFFFD'),
            "definition",
            definition.replace('\0', '\uFFFD'),
            "textMessage",
            textMessage,
            "definitionMessage",
            definitionMessage));
  }

  private static String message(Form.Field field, int limit) {
    String value = field.value().strip();
    int length = value.codePointCount(0, value.length());
    if (field.malformed()) {
      return "This was not sent as valid UTF-8 in percent-encoding; type it again.";
    }
    if (length == 0) {
      return "Please fill this in.";
    }
    if (value.indexOf('\0') >= 0) {
      return "The character U+0000 cannot be stored; remove it.";
    }
    return length > limit
        ? String.format(
            Locale.ROOT, "This has %,d characters; at most %,d are allowed.", length, limit)
        : "";
  }
}
