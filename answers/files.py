"""The page's part «files»."""

from fastapi import APIRouter

router = APIRouter()
