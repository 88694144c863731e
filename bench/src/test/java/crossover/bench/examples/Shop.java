package crossover.bench.examples;

import com.zaxxer.hikari.HikariDataSource;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A small shop, as an application under test: a catalogue, signing in, a cart in the session, and a
 * form that orders. The tables are those of docs/examples/shop.sql.
 */
@WebServlet(
    urlPatterns = {"/items/*", "/login", "/cart", "/order"},
    loadOnStartup = 1)
public final class Shop extends HttpServlet {
  private static final String SIGNED_IN =
      "select name from account where name = ? and hash = sha256(convert_to(salt || ?, 'UTF8'))";
  private static final String CATALOGUE =
      "select id, name, cents from item where category = ? order by name limit 20";
  private static final String ITEM = "select id, name, cents from item where id = ?";
  private static final String ORDER =
      "insert into purchase (account, address, cents)"
          + " select ?, ?, sum(cents) from item where id = any (?) returning id";

  // Servlets are serializable, and this one never is.
  private transient HikariDataSource database;

  private record Item(int id, String name, int cents) {}

  @Override
  public void init() {
    database = new HikariDataSource();
    database.setDriverClassName("org.postgresql.Driver");
    database.setJdbcUrl(System.getProperty("crossover.jdbc.url"));
    database.setUsername(System.getProperty("crossover.jdbc.user"));
    database.setPassword(System.getProperty("crossover.jdbc.password"));
    database.setMaximumPoolSize(Integer.getInteger("shop.pool", 8));
  }

  @Override
  public void destroy() {
    database.close();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    request.setCharacterEncoding("UTF-8");
    try {
      switch (request.getMethod() + " " + request.getServletPath()) {
        case "GET /items" -> items(request, response);
        case "GET /login" -> write(response, 200, "Sign in", loginForm(""));
        case "POST /login" -> signIn(request, response);
        case "GET /cart" -> write(response, 200, "Cart", orderForm(cart(request)));
        case "POST /cart" -> add(request, response);
        case "POST /order" -> order(request, response);
        default -> response.sendError(405);
      }
    } catch (NumberFormatException e) {
      response.sendError(400, "a number was expected");
    } catch (SQLException e) {
      getServletContext().log(request.getRequestURI(), e);
      response.sendError(503);
    }
  }

  private void items(HttpServletRequest request, HttpServletResponse response)
      throws IOException, SQLException {
    String path = request.getPathInfo();
    if (path == null || path.equals("/")) {
      List<Item> items = find(CATALOGUE, request.getParameter("category"));
      StringBuilder rows = new StringBuilder();
      items.forEach(
          item -> rows.append("<li><a href='items/%d'>".formatted(item.id)).append(text(item)));
      write(response, 200, "Catalogue", "<ul>" + rows + "</ul>");
      return;
    }
    List<Item> items = find(ITEM, Integer.valueOf(path.substring(1)));
    if (items.isEmpty()) {
      response.sendError(404);
      return;
    }
    String form =
        "<form method='post' action='../cart'><button name='item' value='%d'>Add</button></form>";
    write(response, 200, text(items.get(0)), form.formatted(items.get(0).id));
  }

  private void signIn(HttpServletRequest request, HttpServletResponse response)
      throws IOException, SQLException {
    String name = request.getParameter("name");
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(SIGNED_IN)) {
      select.setString(1, name);
      select.setString(2, request.getParameter("password"));
      try (ResultSet found = select.executeQuery()) {
        if (!found.next()) {
          write(response, 401, "Sign in", loginForm("Name or password is wrong."));
          return;
        }
      }
    }
    HttpSession session = request.getSession();
    request.changeSessionId();
    session.setAttribute("name", name);
    session.setAttribute("cart", new ArrayList<Integer>());
    redirect(response, "items");
  }

  private static void add(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (name(request) == null) {
      redirect(response, "login");
      return;
    }
    cart(request).add(Integer.valueOf(request.getParameter("item")));
    redirect(response, "cart");
  }

  private void order(HttpServletRequest request, HttpServletResponse response)
      throws IOException, SQLException {
    if (name(request) == null) {
      redirect(response, "login");
      return;
    }
    List<Integer> cart = cart(request);
    String address = request.getParameter("address");
    if (cart.isEmpty() || address == null || address.isBlank()) {
      write(response, 400, "Cart", orderForm(cart) + "<p>An item and an address are needed.");
      return;
    }
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(ORDER)) {
      insert.setString(1, name(request));
      insert.setString(2, address);
      insert.setArray(3, connection.createArrayOf("int", cart.toArray()));
      try (ResultSet row = insert.executeQuery()) {
        row.next();
      }
    }
    cart.clear();
    redirect(response, "items");
  }

  private List<Item> find(String query, Object parameter) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(query)) {
      select.setObject(1, parameter == null ? "fish" : parameter);
      try (ResultSet row = select.executeQuery()) {
        List<Item> items = new ArrayList<>();
        while (row.next()) {
          items.add(new Item(row.getInt(1), row.getString(2), row.getInt(3)));
        }
        return items;
      }
    }
  }

  private static String name(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session == null ? null : (String) session.getAttribute("name");
  }

  @SuppressWarnings("unchecked")
  private static List<Integer> cart(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session == null ? List.of() : (List<Integer>) session.getAttribute("cart");
  }

  private static String text(Item item) {
    return escaped(item.name) + ", " + item.cents + " cents";
  }

  private static String loginForm(String message) {
    return "<form method='post'><input name='name'><input name='password' type='password'>"
        + "<button>Sign in</button></form><p>"
        + message;
  }

  private static String orderForm(List<Integer> cart) {
    return "<p>Items in it: %d<form method='post' action='order'><input name='address'><button>Order</button></form>"
        .formatted(cart.size());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static void redirect(HttpServletResponse response, String url) {
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", url);
  }

  private static void write(HttpServletResponse response, int status, String title, String body)
      throws IOException {
    response.setStatus(status);
    response.setContentType("text/html;charset=UTF-8");
    response
        .getWriter()
        .write("<!DOCTYPE html><title>" + title + "</title><h1>" + title + "</h1>" + body);
  }
}
