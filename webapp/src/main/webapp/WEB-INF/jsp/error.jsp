<%@ page contentType="text/html;charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%-- Reached by the application with its own status, and by the container as its error page. --%>
<c:set var="code" value="${empty status ? requestScope['jakarta.servlet.error.status_code'] : status}"/>
<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title><c:out value="${code}"/></title>
</head>
<body>
  <h1><c:choose>
    <c:when test="${code == 404}">There is no such page</c:when>
    <c:when test="${code == 405}">This page does not answer that method</c:when>
    <c:when test="${code == 408}">The request took too long to arrive</c:when>
    <c:when test="${code == 413}">That is more than this form takes</c:when>
    <c:when test="${code == 415}">Only a form is understood here</c:when>
    <c:when test="${code == 503}">Not available right now, try again in a moment</c:when>
    <c:when test="${code >= 500}">Something went wrong here</c:when>
    <c:otherwise>That request was not understood</c:otherwise>
  </c:choose></h1>
  <p><c:out value="${code}"/></p>
</body>
</html>
