package tminus.server.print;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// Makes a page fit for paper: with running heads, bookmarks, the style for paper, and no character
/// that the letters lack.
final class PaperPage {

  /// Longer titles would push the other words out of the margin.
  private static final int TITLE = 90;

  /// As many letters as one word may have in one piece.
  private static final Pattern ENDLESS = Pattern.compile("\\S{1000}");

  private final Document page;
  private final Paper.Imprint imprint;

  private PaperPage(Document page, Paper.Imprint imprint) {
    this.page = page;
    this.imprint = imprint;
  }

  static Document of(String html, Paper.Imprint imprint) {
    PaperPage paper = new PaperPage(parse(html), imprint);
    paper.styles();
    paper.bookmarks();
    paper.runningHeads();
    paper.letters();
    return paper.page;
  }

  private static Document parse(String html) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setNamespaceAware(true);
      factory.setExpandEntityReferences(false);
      return factory.newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalArgumentException("the page is not well-formed: " + e.getMessage(), e);
    }
  }

  private Element first(String name) {
    return (Element) page.getElementsByTagName(name).item(0);
  }

  private static List<Element> elements(NodeList nodes) {
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private void styles() {
    if (imprint.style().isPresent()) {
      elements(page.getElementsByTagName("style"))
          .forEach(style -> style.getParentNode().removeChild(style));
    }
    for (String css : Paper.styles(imprint)) {
      first("head").appendChild(element("style", css));
    }
  }

  private Element element(String name, String text) {
    Element element = page.createElement(name);
    element.setTextContent(text);
    return element;
  }

  // ---- bookmarks -------------------------------------------------------------------------------

  /// The headings that can be linked to, two levels of them.
  private void bookmarks() {
    Element bookmarks = page.createElement("bookmarks");
    Element chapter = bookmarks;
    for (Element heading : elements(page.getElementsByTagName("*"))) {
      boolean linked = heading.hasAttribute("id");
      if (linked && heading.getTagName().equals("h2")) {
        chapter = bookmark(heading);
        bookmarks.appendChild(chapter);
      } else if (linked && heading.getTagName().equals("h3")) {
        chapter.appendChild(bookmark(heading));
      }
    }
    if (bookmarks.hasChildNodes()) {
      first("head").appendChild(bookmarks);
    }
  }

  private Element bookmark(Element heading) {
    Element bookmark = page.createElement("bookmark");
    bookmark.setAttribute("name", heading.getTextContent().replaceAll("\\s+", " ").strip());
    bookmark.setAttribute("href", "#" + heading.getAttribute("id"));
    return bookmark;
  }

  // ---- running heads ---------------------------------------------------------------------------

  private void runningHeads() {
    Node body = first("body");
    Node top = body.getFirstChild();
    String title = imprint.title().replaceAll("\\s+", " ").strip();
    String abridged = title.length() > TITLE ? title.substring(0, TITLE - 1) + "…" : title;
    body.insertBefore(running("title", tminus.server.page.Showable.of(abridged)), top);
    body.insertBefore(running("mark", imprint.mark()), top);
    body.insertBefore(running("identity", imprint.identity()), top);
  }

  private Element running(String kind, String text) {
    Element running = element("div", text);
    running.setAttribute("class", "running-" + kind);
    return running;
  }

  // ---- letters ---------------------------------------------------------------------------------

  private void letters() {
    Letters letters = new Letters();
    replace(first("body"), letters);
    if (letters.hasLacked()) {
      Element note =
          element(
              "p",
              "Words between colons and numbers such as ‹U+0041› stand for characters that these printed letters lack; the same page as .html shows them.");
      note.setAttribute("class", "lacking");
      first("header").appendChild(note);
    }
  }

  /// Puts an endless word (a token, a picture in Base64) into pieces: breaking one into lines takes
  /// time that grows with the square of its length, twelve seconds for 100,000 letters.
  private static void cut(Node text) {
    String words = text.getNodeValue();
    Matcher endless = ENDLESS.matcher(words);
    int from = 0;
    while (endless.find()) {
      Element piece = text.getOwnerDocument().createElement("span");
      piece.setTextContent(words.substring(from, endless.end()));
      text.getParentNode().insertBefore(piece, text);
      from = endless.end();
    }
    text.setNodeValue(words.substring(from));
  }

  private static void replace(Node node, Letters letters) {
    List<Node> children = new ArrayList<>();
    for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
      children.add(child);
    }
    for (Node child : children) {
      if (child.getNodeType() == Node.TEXT_NODE) {
        child.setNodeValue(letters.printable(child.getNodeValue()));
        cut(child);
      } else {
        replace(child, letters);
      }
    }
  }
}
