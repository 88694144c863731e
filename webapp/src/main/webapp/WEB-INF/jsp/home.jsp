<%@ page contentType="text/html;charset=UTF-8" session="false" trimDirectiveWhitespaces="true" buffer="none" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Crossover</title>
  <link rel="stylesheet" href="crossover.css">
</head>
<body>
  <header>
    <h1>Crossover</h1>
    <p>The same five views, served by three programming models. What does each of them cost?</p>
  </header>
  <main>
    <table>
      <caption>Every view in every model</caption>
      <thead>
        <tr>
          <th scope="col">View</th>
          <c:forEach items="${models}" var="model"><th scope="col"><c:out value="${model}"/></th></c:forEach>
          <th scope="col">What it does</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">page</th>
          <c:forEach items="${models}" var="model"><td><a href="${model}/page">/page</a></td></c:forEach>
          <td>a servlet class and a JSP, nothing to wait for</td>
        </tr>
        <tr>
          <th scope="row">page-fn</th>
          <c:forEach items="${models}" var="model"><td><a href="${model}/page-fn">/page-fn</a></td></c:forEach>
          <td>the same JSP from a function</td>
        </tr>
        <tr>
          <th scope="row">get</th>
          <c:forEach items="${models}" var="model"><td><a href="${model}/words/1">/words/1</a></td></c:forEach>
          <td>one row from PostgreSQL</td>
        </tr>
        <tr>
          <th scope="row">form</th>
          <c:forEach items="${models}" var="model"><td><a href="${model}/form">/form</a></td></c:forEach>
          <td>a form, and the insertion of what it holds</td>
        </tr>
        <tr>
          <th scope="row">cached</th>
          <c:forEach items="${models}" var="model"><td><a href="${model}/cached/1">/cached/1</a></td></c:forEach>
          <td>the whole page kept in Redis</td>
        </tr>
      </tbody>
    </table>
    <p>A fourth model, <em>virtual</em>, is <code>sync</code> on a connector with virtual threads.
      <a href="health">Health</a> tells whether the database and Redis answer.</p>
    <table>
      <caption>Settings in force</caption>
      <tbody>
        <c:forEach items="${settings}" var="setting">
          <tr><th scope="row"><c:out value="${setting.key}"/></th><td><code><c:out value="${setting.value}"/></code></td></tr>
        </c:forEach>
        <tr><th scope="row">JDK</th><td><c:out value="${jdk}"/></td></tr>
      </tbody>
    </table>
  </main>
</body>
</html>
