<%@ page contentType="text/html;charset=UTF-8" session="false" trimDirectiveWhitespaces="true" buffer="none" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Add a word</title>
</head>
<body>
  <h1>Add a word</h1>
  <form action="form" method="post">
    <p>
      <label for="text">Word</label><br>
      <input id="text" name="text" value="<c:out value="${text}"/>">
      <c:if test="${not empty textMessage}"><strong id="text-message"><c:out value="${textMessage}"/></strong></c:if>
    </p>
    <p>
      <label for="definition">Definition</label><br>
      <textarea id="definition" name="definition" rows="4" cols="60">
<c:out value="${definition}"/></textarea>
      <c:if test="${not empty definitionMessage}"><strong id="definition-message"><c:out value="${definitionMessage}"/></strong></c:if>
    </p>
    <p><button>Add</button></p>
  </form>
</body>
</html>
