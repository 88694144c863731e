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
          <c:forEach items="${models}" var="model"><th scope="col"><c:out value="${model}"/></th></c:forEach>
        </tr>
      </thead>
      <tbody>
        <c:forEach items="${views}" var="view">
          <tr>
            <c:forEach items="${models}" var="model"><td><a href="${model}${view}"><c:out value="${view}"/></a></td></c:forEach>
          </tr>
        </c:forEach>
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
