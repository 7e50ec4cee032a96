"""The page's part «api»."""

from fastapi import APIRouter

router = APIRouter()
